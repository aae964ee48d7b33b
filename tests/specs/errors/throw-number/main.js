// A thrown number.
throw -0;
