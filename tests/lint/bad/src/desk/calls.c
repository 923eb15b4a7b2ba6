void f(char *a, const char *b)
{
	strcpy(a, b);
	my_strcpy(a, b);
	sprintf (a, "strcat(%s)", b);
	x->system(a);
	printf("%s", a); /* system(a) */
}
FIELD(struct desk_form, way, F_CHOICE, 1, 3, .choices = "one|two", .label = MSG_DESK_WAY),
