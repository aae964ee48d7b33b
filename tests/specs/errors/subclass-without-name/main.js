// A subclass that does not set its name.
class CustomError extends TypeError {}
throw new CustomError('no own name');
