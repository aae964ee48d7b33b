// The stack names the place in the file as it was written.
function fail<T>(value: T, options?: { deep: boolean }): never { throw new Error(`failed: ${value}`); }
type Unused = {
  a: string;
};
try {
  (fail as (v: string) => never)('here');
} catch (error: unknown) {
  console.log((error as Error).stack!.split('\n').slice(0, 3).join('\n'));
}
fail<number>(2);
