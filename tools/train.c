/*
 * train: the models of lib/text, trained at build time by liblinear and written as C tables.
 *
 *	train lang OUT.c KK.txt RU.txt EN.txt
 *	train topics OUT.c PACK FILE.tsv ...
 *	train measure FIRST THREE FILE.tsv ...
 *
 * Text files hold one text a line, '#' begins a note. Every fifth text is held out of the language model and is what
 * the tests measure on. Training is repeatable: solvers without chance, one order of the examples.
 */
#include "train.h"

#include <stdio.h>

static void quiet(const char *line)
{
	(void)line;
}

int main(int argc, char **argv)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	enum rc rc = RC_INVALID;
	double first, three;

	set_print_string_function(quiet);
	if (argc == 6 && str_eq(str_of(argv[1]), S("lang")))
		rc = train_lang(&a, argv[2], argv + 3);
	else if (argc >= 5 && str_eq(str_of(argv[1]), S("topics")))
		rc = train_topics(&a, argv[2], str_of(argv[3]), argv + 4, (size_t)argc - 4);
	else if (argc >= 5 && str_eq(str_of(argv[1]), S("measure")) && str_to_double(str_of(argv[2]), &first) &&
		 str_to_double(str_of(argv[3]), &three))
		rc = measure_topics(&a, first, three, argv + 4, (size_t)argc - 4);
	else
		fprintf(stderr, "usage: train lang OUT.c KK RU EN | train topics OUT.c PACK FILE... |\n"
				"       train measure FIRST THREE FILE...\n");
	return rc == RC_OK ? 0 : 1;
}
