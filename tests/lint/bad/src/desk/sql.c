const char *a = "SELECT 1";
const char *b = "please SELECT one";
const char *c = "x" "DELETE FROM t";
