/*
 * replay FILE...: runs a fuzz entry over files without a fuzzer, and over simple changes of each: every prefix of
 * the first 200 bytes, single bytes replaced by those that matter in our formats. So that a break shows in any build.
 */
#include "fuzz.h"

#include "base/random.h"

#define CHANGES 300

static void run(const char *p, size_t n)
{
	/* a buffer of the exact size, so that sanitizers see one byte too many */
	uint8_t *copy = calloc(n ? n : 1, 1);

	if (!copy)
		abort();
	memcpy(copy, p, n);
	LLVMFuzzerTestOneInput(copy, n);
	free(copy);
}

static void changes(char *p, size_t n)
{
	static const char signs[] = "<>\"'&{}%#/\\:;,.=?()[]*_-\n\t \0\x80\xff" "aA09";
	struct rng r = { n };

	for (size_t i = 0; i < n && i < 200; i++)
		run(p, i);
	for (size_t i = 0; n && i < CHANGES; i++) {
		size_t at = rng_below(&r, n);
		char was = p[at];

		p[at] = signs[rng_below(&r, sizeof(signs) - 1)];
		run(p, n);
		p[at] = was;
	}
}

int main(int argc, char **argv)
{
	static char buf[1 << 16];

	run("", 0);
	for (int i = 1; i < argc; i++) {
		FILE *f = fopen(argv[i], "rb");

		if (!f) {
			perror(argv[i]);
			return EXIT_FAILURE;
		}
		size_t n = fread(buf, 1, sizeof(buf), f);

		fclose(f);
		run(buf, n);
		changes(buf, n);
	}
	printf("%d files\n", argc - 1);
	return argc > 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
