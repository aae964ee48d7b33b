// A subclass of Error: its name as given, and extra properties after the stack.
class ValidationError extends Error {
  constructor(message, field) {
    super(message);
    this.name = 'ValidationError';
    this.field = field;
  }
}
throw new ValidationError('invalid value', 'email');
