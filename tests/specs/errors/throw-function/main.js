// A thrown function is inspected.
throw function named() {};
