/*
 * Reads tests/answers: answers written by hand, good ones and brush-offs of every kind, each with the findings that a careful reader would name. Prints
 * precision and recall of every finding, for the topics that the rules were tuned on and for those set aside, and holds both above a floor.
 */
#include "answer/check.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/random.h"
#include "base/test.h"
#include "base/vec.h"

#define FIND_BIT(x) ((uint64_t)1 << (x))

struct golden {
	struct str lang, topic, question, own, text, decision, earlier, options, steps;
	struct check_point points[6];
	size_t n_points;
	uint64_t want;
	int line;
};

static struct str read_file(struct arena *a, const char *path)
{
	int fd = open(path, O_RDONLY);
	char *p = arena_alloc(a, 2 << 20);
	ssize_t n = fd < 0 ? 0 : read(fd, p, 2 << 20);

	if (fd >= 0)
		close(fd);
	return (struct str){ p, n > 0 ? (size_t)n : 0 };
}

static void labels(struct golden *g, struct str s)
{
	struct str one;
	enum finding f;

	if (str_eq(s, S("good")))
		return;
	while (s.n && str_cut(&s, ',', &one)) {
		CHECK(finding_by_name(one, &f));
		g->want |= FIND_BIT(f);
	}
	CHECK(g->want != 0);
}

static void join(struct arena *a, struct str *to, struct str s)
{
	*to = to->n ? str_fmt(a, "%.*s\n%.*s", STR_FMT(*to), STR_FMT(s)) : s;
}

/* "== LANG TOPIC LABELS", then lines by their letter: Q question, N name, P point, R reply to the last point, D decision, A answer, O option, S step,
 * E an earlier answer to somebody else. */
static void take_line(struct arena *a, struct golden *g, struct str line)
{
	struct str text = str_trim(str_from(line, 2));

	switch (line.p[0]) {
	case 'Q': join(a, &g->question, text); break;
	case 'N': g->own = text; break;
	case 'P':
		CHECK(g->n_points < ARRAY_LEN(g->points));
		g->points[g->n_points] = (struct check_point){ .number = (int64_t)g->n_points + 1, .text = text };
		g->n_points++;
		break;
	case 'R': g->points[g->n_points - 1].reply = text; break;
	case 'D': g->decision = text; break;
	case 'A': join(a, &g->text, text); break;
	case 'O': join(a, &g->options, text); break;
	case 'S': join(a, &g->steps, text); break;
	case 'E': g->earlier = text; break;
	default: fail_msg("a line of an unknown kind");
	}
}

static size_t golden_read(struct arena *a, const char *path, struct golden **ret)
{
	VEC(struct golden) v = { 0 };
	struct str rest = read_file(a, path), line;
	int n = 0;

	while (rest.n && str_cut(&rest, '\n', &line)) {
		n++;
		if (!line.n || line.p[0] == '#')
			continue;
		if (str_starts(line, S("== "))) {
			struct str head = str_from(line, 3), word;
			struct golden *g = VEC_ADD(a, &v);

			g->line = n;
			CHECK(str_cut(&head, ' ', &g->lang));
			CHECK(str_cut(&head, ' ', &g->topic));
			CHECK(str_cut(&head, ' ', &word));
			labels(g, word);
			continue;
		}
		CHECK(v.n > 0 && line.n > 2 && line.p[1] == ' ');
		take_line(a, &v.v[v.n - 1], line);
	}
	*ret = v.v;
	return v.n;
}

static const struct pack *pack(void)
{
	static struct arena start;
	static struct pack *p;
	struct pack_problems problems = { 0 };

	if (!p && pack_load(&start, SOURCE_ROOT "/country/kz", &p, &problems) != RC_OK)
		for (size_t i = 0; i < problems.n; i++)
			fprintf(stderr, "%.*s\n", STR_FMT(problems.v[i]));
	CHECK(p != NULL);
	return p;
}

static uint64_t found_in(struct arena *a, const struct golden *g)
{
	struct check_text t = { .lang = g->lang, .question = g->question, .own = g->own, .points = g->points, .n_points = g->n_points, .text = g->text,
				.decision = g->decision.n ? g->decision : S("explained"), .options = g->options, .steps = g->steps,
				.dated_steps = g->steps.n ? 1 : 0, .earlier = g->earlier, .plain_years = 9 };
	struct check_result r;
	struct day on;
	uint64_t found = 0;

	CHECK(day_parse(S("2026-11-24"), &on));
	check_find(a, pack()->wording, on, &t, &r);
	for (size_t i = 0; i < r.n; i++)
		found |= FIND_BIT(r.v[i].kind);
	return found;
}

/* Readability and officialese are advice on style, measured elsewhere (text/plain_test.c). */
static const enum finding judged[] = { FINDING_EMPTY,      FINDING_COPY,   FINDING_LAW_BARE, FINDING_PART_OPEN, FINDING_NO_GROUND, FINDING_NO_OPTIONS,
				       FINDING_HOLLOW,     FINDING_LANG,   FINDING_PERSONAL, FINDING_NO_STEP,   FINDING_NO_DATE,   FINDING_BLANK };

/* A hollow, empty or closed answer has no step and no day either: labels and rules may or may not say so twice, and neither is wrong. */
static uint64_t implied(uint64_t set)
{
	uint64_t by = FIND_BIT(FINDING_HOLLOW) | FIND_BIT(FINDING_EMPTY) | FIND_BIT(FINDING_NO_OPTIONS);

	return set & by ? FIND_BIT(FINDING_NO_STEP) | FIND_BIT(FINDING_NO_DATE) : 0;
}

static void measure(const char *what, const char *path, double floor_precision, double floor_recall)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct golden *g;
	size_t n = golden_read(&a, path, &g), good = 0, stopped = 0, brushed = 0, caught = 0, tp_all = 0, fp_all = 0, fn_all = 0;
	size_t tp[FINDING_N] = { 0 }, fp[FINDING_N] = { 0 }, fn[FINDING_N] = { 0 };

	for (size_t i = 0; i < n; i++) {
		uint64_t found = found_in(&a, &g[i]), wrong = 0;

		for (size_t k = 0; k < ARRAY_LEN(judged); k++) {
			uint64_t bit = FIND_BIT(judged[k]) & ~(implied(found) & implied(g[i].want));

			tp[judged[k]] += (found & bit) && (g[i].want & bit);
			fp[judged[k]] += (found & bit) && !(g[i].want & bit);
			fn[judged[k]] += !(found & bit) && (g[i].want & bit);
			wrong |= (found ^ g[i].want) & bit;
		}
		uint64_t blocking = found & ~(FIND_BIT(FINDING_NO_STEP) | FIND_BIT(FINDING_NO_DATE) | FIND_BIT(FINDING_HARD) | FIND_BIT(FINDING_OFFICIALESE));

		good += !g[i].want;
		stopped += !g[i].want && blocking;
		brushed += g[i].want != 0;
		caught += g[i].want && (found & g[i].want);
		for (size_t k = 0; wrong && getenv("CHECK_SHOW") && k < ARRAY_LEN(judged); k++)
			if (wrong & FIND_BIT(judged[k]))
				printf("%s:%d: %s %s\n", path, g[i].line, found & FIND_BIT(judged[k]) ? "wrongly found" : "missed", finding_name(judged[k]));
	}
	printf("%s: %zu answers, %zu good (%zu stopped wrongly), %zu brush-offs (%zu caught)\n", what, n, good, stopped, brushed, caught);
	for (size_t k = 0; k < ARRAY_LEN(judged); k++) {
		size_t t = tp[judged[k]], p = fp[judged[k]], m = fn[judged[k]];

		tp_all += t;
		fp_all += p;
		fn_all += m;
		if (t + p + m)
			printf("  %-12s precision %.2f recall %.2f (%zu right, %zu wrong, %zu missed)\n", finding_name(judged[k]), t + p ? (double)t / (double)(t + p) : 1.0,
			       t + m ? (double)t / (double)(t + m) : 1.0, t, p, m);
	}
	double precision = (double)tp_all / (double)(tp_all + fp_all), recall = (double)tp_all / (double)(tp_all + fn_all);

	printf("  all          precision %.2f recall %.2f\n", precision, recall);
	CHECK(n >= 60);
	CHECK(precision >= floor_precision);
	CHECK(recall >= floor_recall);
}

TEST(brush_offs_are_named_and_good_answers_pass)
{
	measure("tuned on", SOURCE_ROOT "/tests/answers/tuned.txt", 0.85, 0.85);
}

TEST(topics_that_were_set_aside_come_out_nearly_as_well)
{
	measure("set aside", SOURCE_ROOT "/tests/answers/aside.txt", 0.7, 0.7);
}

/* Strange texts give a result at once. */
TEST(nothing_stalls_the_check)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	char *p = arena_alloc(&a, 1 << 20);
	struct check_result r;
	struct day on = { 20781 };

	for (size_t i = 0; i < (1 << 20); i += 2)
		memcpy(p + i, i % 12 ? "\xd0\xb0" : "  ", 2);
	struct str texts[] = { S(""), S("?"), S("[[[[]]]]"), S("\xd0"), { p, 1 << 20 } };

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct check_text t = { .lang = S("ru"), .question = texts[i], .text = texts[i], .decision = S("refused"), .earlier = texts[i], .plain_years = 9 };
		int64_t from = when_monotonic_us();

		check_find(&a, pack()->wording, on, &t, &r);
		CHECK(when_monotonic_us() - from < 20 * WHEN_SECOND);
	}
}

TESTS("check", T(brush_offs_are_named_and_good_answers_pass), T(topics_that_were_set_aside_come_out_nearly_as_well), T(nothing_stalls_the_check))
