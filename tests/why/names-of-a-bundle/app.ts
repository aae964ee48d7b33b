// What people wrote, of which the bundle was made.
function rightAfter(): void {
  console.log('right after');
}

function afterAWhile(milliseconds: number): void {
  console.log('after', milliseconds);
  setImmediate(rightAfter);
}

setTimeout(afterAWhile, 1, 1);
