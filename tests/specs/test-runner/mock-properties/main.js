// Properties whose accesses are counted, and what mocks refuse.
const { mock } = require('node:test');

const object = { color: 'red', m() { return 'real'; }, get g() { return 1; } };
const watched = mock.property(object, 'color', 'blue');
console.log(object.color);
object.color = 'green';
console.log(object.color, watched.mock.accesses.map(({ type, value }) => `${type} ${value}`));
watched.mock.mockImplementationOnce('once');
console.log(object.color, object.color, watched.mock.accessCount());
watched.mock.resetAccesses();
watched.mock.restore();
console.log(object.color, watched.mock.accessCount());
const fn = mock.fn((a) => a + 1, (a) => a * 10, { times: 2 });
console.log(fn(1), fn(2), fn(3), fn.mock.callCount(), fn.mock.calls[1].arguments, fn.mock.calls[2].result);
for (const act of [() => mock.method(object, 5), () => mock.method(object, 'x'), () => mock.method(object, 'm', 5), () => mock.fn(5),
                   () => mock.fn(() => {}, { times: 0 }), () => mock.method(5, 'm'), () => mock.getter(object, 'g', { getter: false }),
                   () => mock.setter(object, 'g', { setter: false }), () => mock.getter(object, 'g', () => {}, { setter: true }),
                   () => mock.property(object, 'q'), () => mock.property(null, 'q'), () => fn.mock.mockImplementation(5),
                   () => fn.mock.mockImplementationOnce(() => {}, 1)]) {
  try {
    act();
    console.log('fine');
  } catch (error) {
    console.log(error.code, error.message);
  }
}
