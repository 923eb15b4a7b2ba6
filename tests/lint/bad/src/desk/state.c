static int counter;
static const int limit = 3;
static struct thing *last = NULL;
static int f(void);
