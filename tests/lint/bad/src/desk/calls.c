void f(char *a, const char *b)
{
	strcpy(a, b);
	my_strcpy(a, b);
	sprintf (a, "strcat(%s)", b);
	x->system(a);
	printf("%s", a); /* system(a) */
}
