// A missing variable, in a method.
class Service {
  start() {
    return undefinedVariable + 1;
  }
}
new Service().start();
