export default async function* (source) {
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const error = data.details.error;
    yield `${' '.repeat(data.nesting)}${type} ${data.name}${error ? ` ${error.failureType}: ${error.message} / ${error.cause?.message ?? error.cause}` : ''}\n`;
  }
}
