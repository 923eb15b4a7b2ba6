/* A broken pack is refused whole, with file and line of each mistake in plain words. Each case is country/test with one thing wrong. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/out.h"
#include "base/test.h"
#include "standard/test_pack.h"

#define DIR_MAX 64
#define FROM SOURCE_ROOT "/country/test"

static const char *const files[] = {
	"answer_templates.csv", "bases.csv", "bodies.csv", "cues.csv", "danger_phones.csv", "danger_words.csv", "findings.csv", "grounds.csv", "holidays.csv", "kinds.csv", "mail_domains.csv", "map.csv", "meeting_channels.csv", "meetings.csv", "officialese.csv",
	"petition_excluded.csv", "petition_thresholds.csv", "places.csv", "standard.csv", "topics.csv", "help/cases.csv", "help/conditions.csv",
	"help/groups.csv", "help/parameters.csv", "help/questions.csv", "help/situations.csv",
};

struct broken {
	const char *file, *find, *put; /* what is changed in the file, once */
	const char *want;              /* ":line: words", where the words may be a beginning */
};

static const struct broken cases[] = {
	{ "pack.yaml", "code: test", "code:", ":2: code is missing" },
	{ "pack.yaml", "code: test", "code: [a, b]", ":2: wanted \"name: value\"" },
	{ "pack.yaml", "code: test", "code: test\ncode: again", ":3: code stands twice" },
	{ "pack.yaml", "code: test", "colour: blue\ncode: test", ":2: unknown name: colour" },
	{ "pack.yaml", "name_en: Two Islands\n", "", ":1: name_en is missing" },
	{ "pack.yaml", "Pacific/Apia", "Pacific/Atlantis", ":6: zone is no time zone of this system: \"Pacific/Atlantis\"" },
	{ "pack.yaml", "\"08:00\"", "eight", ":8: a time of day is written like 09:00, not \"eight\"" },
	{ "pack.yaml", "\"15:00\"", "\"07:00\"", ":8: office_from must come before office_to" },
	{ "pack.yaml", "\"5 6\"", "\"5 Saturday\"", ":13: a day of the week is a number, 1 Monday to 7 Sunday, not \"Saturday\"" },
	{ "pack.yaml", "\"5 6\"", "\"1 2 3 4 5 6 7\"", ":13: a week needs a working day" },
	{ "pack.yaml", "petition_signing: identity mail paper", "petition_signing: identity telegram", ":29: petition_signing names identity, mail, paper, not \"telegram\"" },
	{ "pack.yaml", "site_body: council", "site_body: senate", ":30: site_body must be a code of bodies.csv" },
	{ "pack.yaml", "petition_body: council", "petition_body: senate", ":14: petition_body must be a code of bodies.csv" },
	{ "pack.yaml", "kind_contest: protest", "kind_contest: duel", ":16: kind_contest must be a kind of kinds.csv" },
	{ "pack.yaml", "topic_other: elsewhere", "topic_other: nowhere", ":18: topic_other must be a topic of topics.csv" },
	{ "pack.yaml", "person_id: luhn", "person_id: guess", ":20: person_id is checked by iin or luhn, not by \"guess\"" },
	{ "pack.yaml", "person_id_digits: 9", "person_id_digits: 99", ":21: person_id_digits is a number from 1 to 20, not \"99\"" },
	{ "pack.yaml", "phone_country: 990", "phone_country: +990", ":22: phone_country has digits only, not \"+990\"" },
	{ "pack.yaml", "phone_prefixes: 2 5", "phone_prefixes: 2 x", ":25: phone_prefixes has digits only, not \"x\"" },
	{ "pack.yaml", "zone: Pacific", "zone: \"Pacific", ":" },
	{ "pack.yaml", "# Two", "- a\n# Two", ":" },

	{ "places.csv", "1,0,1,island", "one,0,1,island", ":2: id is no whole number: one" },
	{ "places.csv", "2,0,1,island", "1,0,1,island", ":3: the place 1 stands twice" },
	{ "places.csv", "11,1,2", "11,3,2", ":4: a region has no parent, a district has a region" },
	{ "places.csv", "11,1,2", "11,21,2", ":4: a region has no parent, a district has a region" },
	{ "places.csv", "-171.5", "west", ":2: lon is no number: west" },
	{ "places.csv", "40,2026", ",2026", ":2: a region needs its population" },
	{ "places.csv", "North Island", "", ":2: name_en is empty" },
	{ "map.csv", "2,M60", "3,M60", ":3: no place 3 in places.csv" },
	{ "map.csv", "2,M60", "1,M60", ":3: 1 stands twice" },
	{ "map.csv", "M10 10l30 0 0 20-30 0z", "", ":2: path is empty" },

	{ "meetings.csv", "office,below", "office,beside", ":2: where must be below or own, not \"beside\"" },
	{ "meetings.csv", "below,2,4", "below,0,4", ":2: times must be 1 to 52" },
	{ "meetings.csv", "below,2,4", "below,2,5", ":2: months must divide the year: 1, 2, 3, 4, 6 or 12" },
	{ "meetings.csv", "council,own", "office,own", ":3: office has two terms from the same day" },
	{ "meeting_channels.csv", "board,", "drum,", ":3: the channel drum stands twice" },
	{ "meeting_channels.csv", "Drum,1", "Drum,0", ":2: proofs must be 1 to 20" },

	{ "topics.csv", "wells,", "boats,", ":4: the topic boats stands twice" },
	{ "topics.csv", "boats.pier,boats,", "boats.pier,ships,", ":3: the parent ships is no topic of the first level" },
	{ "topics.csv", "boats.pier,boats,", "boats.pier,boats.pier,", ":3: the parent boats.pier is no topic of the first level" },
	{ "topics.csv", "Колодцы", "", ":4: name_ru is empty" },
	{ "topics.csv", ",council,", ",,", ":5: body_kind is empty: who answers first?" },
	{ "topics.csv", ",council,", ",parliament,", ":1: no body is of the kind parliament" },
	{ "bodies.csv", "elsewhere|boats", "elsewhere|boots", ":2: unknown topic in the profile: boots" },
	{ "bodies.csv", "8,north,7,1", "8,north,70,1", ":3: unknown parent 70" },
	{ "bodies.csv", "8,north,7,1", "8,north,8,1", ":3: the parents of north go in a circle" },
	{ "bodies.csv", "8,north,7,1", "8,north,7,5", ":3: unknown place 5" },
	{ "bodies.csv", "9,south", "8,south", ":4: the body 8 (south) stands twice" },
	{ "bodies.csv", "9,south", "9,north", ":4: the body 9 (north) stands twice" },
	{ "bodies.csv", "9,south", "-9,south", ":4: id must be a number above 0" },
	{ "bodies.csv", "elsewhere|boats|wells", "boats|wells", ":1: nobody is competent for the topic elsewhere" },

	{ "kinds.csv", "protest,", "plea,", ":3: plea stands twice" },
	{ "kinds.csv", "10,day", "0,day", ":2: the term must be above 0" },
	{ "kinds.csv", "10,day", "10,fortnight", ":2: unit is no unit: fortnight" },
	{ "kinds.csv", "10,day", "ten,day", ":2: term is no whole number: ten" },
	{ "kinds.csv", "day,yes,no,yes,yes", "day,perhaps,no,yes,yes", ":2: extendable must be yes or no, not \"perhaps\"" },
	{ "kinds.csv", ",C,2020-01-01", ",X,2020-01-01", ":2: confidence must be C, S, D or K, not \"X\"" },
	{ "kinds.csv", ",C,2020-01-01", ",C,2020-02-30", ":2: valid_from must be a date like 2026-01-31, not \"2020-02-30\"" },
	{ "kinds.csv", "I need something", "", ":2: plain_en is empty" },
	{ "kinds.csv", "\xc2\xa7 1", "", ":2: basis is empty" },
	{ "kinds.csv", "\xc2\xa7 1", "\xc2\xa7 77", ":2: the basis \"\xc2\xa7 77\" has no name in bases.csv" },
	{ "bases.csv", "\n\xc2\xa7 6,", "\n\xc2\xa7 5,", ":7: \xc2\xa7 5 stands twice" },
	{ "standard.csv", "\nregister,1,day", "\nregistre,1,day", ":1: the clause register is missing" },
	{ "standard.csv", "\nregister,1,day", "\nregister,-1,day", ":2: the value of register is below 0" },
	{ "standard.csv", "\nregister,1,day", "\nregister,1,moon", ":2: unit is no unit: moon" },
	{ "standard.csv", "\nregister,1,day", "\nregister,soon,day", ":2: value is no whole number: soon" },
	{ "standard.csv", "\npass_on,", "\nregister,", ":4: register of 2020-01-01 stands twice" },
	{ "grounds.csv", "reef,refuse", "storm,refuse", ":3: storm stands twice" },
	{ "grounds.csv", "A storm", "", ":2: text_en is empty" },
	{ "grounds.csv", "petition_insult", "insult", ":1: the ground petition_insult is missing" },
	{ "holidays.csv", "2026-06-01", "1 June", ":2: date must be a date like 2026-01-31, not \"1 June\"" },
	{ "holidays.csv", "2026-06-01,holiday", "2026-06-01,party", ":2: kind must be holiday, transferred, off, swap_off or swap_worked" },
	{ "holidays.csv", "2026-11-26", "2026-06-01", ":3: 2026-06-01 stands twice" },
	{ "holidays.csv", "Fish Day", "", ":3: name_en is empty" },

	{ "petition_thresholds.csv", "council,0,3,0", "council,0,3,5", ":2: a threshold is either a count or a share in permille" },
	{ "petition_thresholds.csv", "council,0,3,0", "senate,0,3,0", ":2: no body of bodies.csv is of the kind senate" },
	{ "petition_thresholds.csv", "office,0", "council,0", ":3: council above 0 of 2020-01-01 stands twice" },
	{ "petition_thresholds.csv", "council,0,3,0", "council,0,three,0", ":2: count is no whole number: three" },
	{ "danger_phones.csv", "\nany,", "\nall,", ":1: the danger any is missing" },
	{ "danger_phones.csv", "sinking,77", "any,90", ":3: any 90 of 2020-01-01 stands twice" },
	{ "danger_phones.csv", "Спасатели", "", ":2: who_ru is empty" },
	{ "danger_words.csv", "ru,sinking", "ru,thirst", ":2: danger_phones.csv has no number for thirst" },
	{ "danger_words.csv", "лодка", "Лодка", ":2: the pattern must be in lower case" },
	{ "mail_domains.csv", "yes,+,no", "yes,++,no", ":2: a tag begins with one sign" },
	{ "mail_domains.csv", "yes,+,no", "maybe,+,no", ":2: dots must be yes or no, not \"maybe\"" },
	{ "petition_excluded.csv", "C,2020-01-01", "C,yesterday", ":2: valid_from must be a date like 2026-01-31, not \"yesterday\"" },
	{ "petition_excluded.csv", "\nreef", "\n#reef", ":1: the list of what a petition may not be about is empty" },
	{ "findings.csv", "\nblank,", "\nblanc,", ":2: the program knows no finding blanc" },
	{ "findings.csv", "\nblank,", "\n#blank,", ":1: the finding blank is missing" },
	{ "findings.csv", "\nempty,", "\nblank,", ":3: blank of 2020-01-01 stands twice" },
	{ "findings.csv", "\nblank,yes", "\nblank,1", ":2: blocks must be yes or no, not \"1\"" },
	{ "cues.csv", "ru,step", "de,step", ":2: lang must be kk, ru or en" },
	{ "cues.csv", "ru,step", "ru,dance", ":2: the program knows no cue dance" },
	{ "cues.csv", "сделаем", "Сделаем", ":2: the pattern must be in lower case" },
	{ "cues.csv", "we will", "*we  will", ":4: words are separated by one blank" },
	{ "cues.csv", "kk,step,жасаймыз", "ru,step,сделаем", ":3: ru step \"сделаем\" stands twice" },
	{ "officialese.csv", "на лодке", "", ":2: instead is empty" },
	{ "officialese.csv", "C,2020-01-01", "C,", ":2: valid_from must be a date" },
	{ "answer_templates.csv", "boats,refused", "boots,refused", ":3: there is no topic boots" },
	{ "answer_templates.csv", "boats,refused", "boats,denied", ":3: decision must be granted, refused or explained" },
	{ "answer_templates.csv", "We will [what] by [date].", "We will.", ":2: a template without a place to fill would be sent bare" },

	{ "help/groups.csv", "Sea", "", ":2: name_en is empty" },
	{ "help/groups.csv", "sea,", "sea,a,b,c\nsea,", ":3: sea stands twice" },
	{ "help/parameters.csv", "SHELL,3", "SHELL,0", ":2: the value of SHELL must be above 0" },
	{ "help/parameters.csv", "SHELL,3", "SHELL,many", ":2: value is no number: many" },
	{ "help/questions.csv", "boat,sea", "boat,land", ":2: there is no group land in groups.csv" },
	{ "help/questions.csv", "\nboat,sea", "\nboat,sea,a,b,c\nboat,sea", ":3: boat stands twice" },
	{ "help/situations.csv", "{SHELL 2}", "{PEARL 2}", ":2: a figure in braces is no known parameter" },
	{ "help/situations.csv", "sea,boats", "sea,boots", ":2: there is no topic boots" },
	{ "help/situations.csv", "2026-01-01", "lately", ":2: checked must be a date like 2026-01-31, not \"lately\"" },
	{ "help/conditions.csv", "lost-boat,boat,yes", "lost-ship,boat,yes", ":2: situation and question must be known" },
	{ "help/conditions.csv", "lost-boat,boat,yes", "lost-boat,boat,maybe", ":2: situation and question must be known, needs is yes or no" },
	{ "help/cases.csv", "boat=yes,may", "boat=yes,not", ":2: the rules of lost-boat say \"may\" here, the case expects \"not\"" },
	{ "help/cases.csv", "lost-boat,2026-02-01,boat=no", "lost-ship,2026-02-01,boat=no", ":3: there is no situation lost-ship" },
};

/* The pack of country/test with one file of its own; NULL content: the file is not there. */
static void world_of(char *dir, const char *file, const struct str *content)
{
	char from[600], to[600];

	snprintf(dir, DIR_MAX, "/tmp/jauap-pack.XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(to, sizeof(to), "%s/help", dir);
	CHECK_INT(mkdir(to, 0700), 0);
	for (size_t i = 0; i <= ARRAY_LEN(files); i++) {
		const char *name = i < ARRAY_LEN(files) ? files[i] : "pack.yaml";

		snprintf(from, sizeof(from), FROM "/%s", name);
		snprintf(to, sizeof(to), "%s/%s", dir, name);
		if (strcmp(name, file) != 0)
			CHECK_INT(symlink(from, to), 0);
	}
	if (!content)
		return;
	snprintf(to, sizeof(to), "%s/%s", dir, file);
	FILE *f = fopen(to, "wb");

	assert_non_null(f);
	CHECK_INT(fwrite(content->p, 1, content->n, f), content->n);
	fclose(f);
}

static void unmake(const char *dir)
{
	char path[600];

	for (size_t i = 0; i <= ARRAY_LEN(files); i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, i < ARRAY_LEN(files) ? files[i] : "pack.yaml");
		unlink(path);
	}
	snprintf(path, sizeof(path), "%s/help", dir);
	rmdir(path);
	CHECK_INT(rmdir(dir), 0);
}

/* The pack with this file is refused, and one of the problems begins with want. */
static void must_name(const char *file, const struct str *content, const char *want)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct pack_problems problems = { 0 };
	struct pack *p = NULL;
	char dir[DIR_MAX];
	bool named = false;

	world_of(dir, file, content);
	enum rc rc = pack_load(&a, dir, &p, &problems);
	struct str begin = str_fmt(&a, "%s/%s%s", dir, file, want);

	for (size_t i = 0; i < problems.n; i++)
		named = named || str_starts(problems.v[i], begin);
	for (size_t i = 0; !named && i < problems.n; i++)
		print_error("%.*s\n", STR_FMT(problems.v[i]));
	if (!named)
		print_error("should begin with %.*s\n", STR_FMT(begin));
	unmake(dir);
	assert_int_equal(rc, RC_INVALID);
	CHECK(named);
	CHECK(p == NULL);
}

static struct str original(struct arena *a, const char *file)
{
	return test_file(a, str_fmt(a, FROM "/%s", file).p);
}

TEST(the_packs_of_this_tree_are_in_order)
{
	struct arena a CLEANUP(arena_end) = { 0 };

	CHECK_STR(test_pack(&a, "country/test")->code, S("test"));
	CHECK_STR(test_pack(&a, "country/kz")->code, S("kz"));
}

TEST(every_mistake_is_named_with_file_and_line)
{
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena a CLEANUP(arena_end) = { 0 };
		struct str text = original(&a, cases[i].file), find = str_of(cases[i].find);
		size_t at = str_find(text, find, 0);

		if (at == SIZE_MAX)
			fail_msg("%s has no \"%s\"", cases[i].file, cases[i].find);
		struct str changed = str_fmt(&a, "%.*s%s%.*s", STR_FMT(str_sub(text, 0, at)), cases[i].put, STR_FMT(str_from(text, at + find.n)));

		must_name(cases[i].file, &changed, cases[i].want);
	}
}

TEST(every_file_must_be_there)
{
	for (size_t i = 0; i < ARRAY_LEN(files); i++)
		must_name(files[i], NULL, ":1: the file is missing");
	must_name("pack.yaml", NULL, ":1: the file is missing");
}

TEST(every_file_must_have_its_columns)
{
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		struct arena a CLEANUP(arena_end) = { 0 };
		struct str text = original(&a, files[i]), column = str_sub(text, 0, str_find_byte(text, ',', 0));
		struct str changed = str_cat(&a, S("x"), text), empty = S("");
		char want[80];

		snprintf(want, sizeof(want), ":1: the column %.*s is missing", STR_FMT(column));
		must_name(files[i], &changed, want);
		must_name(files[i], &empty, ":1: the first line must name the columns");
	}
}

TEST(every_file_must_be_whole_and_in_utf_8)
{
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		struct arena a CLEANUP(arena_end) = { 0 };
		struct str text = original(&a, files[i]);
		size_t line = str_find_byte(text, '\n', 0) + 1, end = str_find_byte(text, '\n', line), comma = str_find_byte(text, ',', line);
		struct str latin1 = str_fmt(&a, "%.*s\xe9%.*s", STR_FMT(str_sub(text, 0, line)), STR_FMT(str_from(text, line)));
		struct str cut = str_sub(text, 0, comma + 1 < end ? comma + 1 : comma), quote = str_fmt(&a, "%.*s\"%.*s", STR_FMT(str_sub(text, 0, line)), STR_FMT(str_from(text, line)));

		must_name(files[i], &latin1, ":2: this row is broken");
		must_name(files[i], &quote, ":2: this row is broken");
		if (str_eq(str_of(files[i]), S("map.csv")))
			continue; /* cut behind the first comma, a row of two cells is whole but empty */
		must_name(files[i], &cut, ":2: this row is broken");
	}
}

TESTS("pack", T(the_packs_of_this_tree_are_in_order), T(every_mistake_is_named_with_file_and_line), T(every_file_must_be_there),
      T(every_file_must_have_its_columns), T(every_file_must_be_whole_and_in_utf_8))
