/** Where a key leads among `count` points, of which `current` is chosen; `undefined` for a key that leads nowhere. */
export function stepByKey(key: string, current: number | undefined, count: number): number | undefined {
  if (count === 0) return undefined;
  const last = count - 1;
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowUp: 1,
    ArrowLeft: -1,
    ArrowDown: -1,
    PageUp: 10,
    PageDown: -10,
  };
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  const step = steps[key];
  if (step === undefined) return undefined;
  // The newest one is what people look for first.
  if (current === undefined) return last;
  return Math.max(0, Math.min(last, current + step));
}
