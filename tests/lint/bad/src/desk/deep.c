void f(void)
{
	for (;;) {
		if (a) {
			if (b) {
				if (c) {
					g("}");
				}
			}
		}
	}
}
