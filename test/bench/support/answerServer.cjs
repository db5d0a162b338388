// A program of its own that answers as a Jaeger does, with the bytes of a file: node answerServer.cjs FILE. Prints its port.
const { readFileSync } = require('node:fs');
const { createServer } = require('node:http');

const traces = readFileSync(process.argv[2]);
const answer = (data) => Buffer.from(JSON.stringify({ data, total: 0, limit: 0, offset: 0, errors: null }));
const services = answer(['ai-inference']);
const operations = answer([{ name: 'ai_inference_pipeline', spanKind: 'internal' }]);

const server = createServer(({ url = '' }, response) => {
  const body = url.startsWith('/api/services')
    ? services
    : url.startsWith('/api/operations')
      ? operations
      : traces;
  response.setHeader('content-type', 'application/json');
  response.setHeader('connection', 'close'); // as Jaeger does
  response.end(body);
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
