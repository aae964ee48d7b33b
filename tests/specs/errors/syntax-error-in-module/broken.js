const fine = 1;
return fine +* 2;
