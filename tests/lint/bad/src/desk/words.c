int a; // later
const char *b = "http://here"; /* // is fine here */
/* TODO: finish */
int c; 
