// @ts-check
import fs from 'node:fs';

/**
 * Prints what another process appends to a file, as it comes.
 * @param {string} file created empty
 * @param {(text: string) => void} print
 * @returns {() => void} prints the rest and stops
 */
export function followFile(file, print) {
  fs.writeFileSync(file, '');
  const fd = fs.openSync(file, 'r');
  const decoder = new TextDecoder();
  const buffer = Buffer.alloc(65_536);
  let position = 0;
  const drain = () => {
    for (;;) {
      const count = fs.readSync(fd, buffer, 0, buffer.length, position);
      if (count === 0) return;
      position += count;
      print(decoder.decode(buffer.subarray(0, count), { stream: true }));
    }
  };
  const timer = setInterval(drain, 100);
  return () => {
    clearInterval(timer);
    drain();
    fs.closeSync(fd);
  };
}
