// A DOMException, uncaught.
throw new DOMException('the message', 'DataCloneError');
