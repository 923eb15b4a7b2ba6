#include "demo/demo.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/app.h"
#include "appeal/answer.h"
#include "appeal/appeal_do.h"
#include "base/vec.h"
#include "body/body.h"
#include "gen/demo_sql.h"
#include "place/place.h"
#include "standard/calendar.h"

#define LETTERS_OF_LAST 12
#define ORIGINALS_SMALL 3000 /* more lives than this are copies */
#define ORIGINALS_LARGE 20000 /* of a year: large countries are equally varied and differ in their numbers alone */
#define CHUNK 1000
#define LONG_FROM 50000 /* so many appeals are a year's, fewer a few months' */

const char *const demo_streets[DEMO_STREETS] = { "Абай", "Сәтбаев", "Әуезов", "Қабанбай батыр", "Жамбыл", "Тәуелсіздік", "Момышұлы", "Шәкәрім" };

struct saying {
	struct str topic, text;
	bool request;
};
struct phrases {
	struct saying *v;
	size_t n, cap;
};

/* One appeal on its way through its life. */
struct story {
	struct demo *d;
	const struct phrases *phrases[2]; /* kk, ru */
	struct arena *arena;
	struct ctx c;
	struct appeal_case k;
	struct actor person, official;
	int64_t serial;
	size_t citizen;
	int64_t age_days;
	bool kk;
};

static uint64_t chance(struct story *s, uint64_t n)
{
	return rng_below(&s->d->rng, n);
}

/* Not in the last minutes of an hour: see DEMO_LATER_SEC. */
static struct when early_in_hour(struct when w)
{
	bool late = w.us % WHEN_HOUR >= WHEN_HOUR - DEMO_LATER_SEC * WHEN_SECOND;

	return late ? when_add(w, -DEMO_LATER_SEC * WHEN_SECOND) : w;
}

/* Some working days later, in office hours. */
static void later(struct story *s, int days)
{
	struct day d = calendar_add_working(s->c.app->pack, when_day(s->c.now), days);
	struct when w = when_of_day(d, 9 + (int)chance(s, 9), (int)chance(s, 60 - DEMO_LATER_SEC / 60));

	if (w.us > s->c.now.us)
		s->c.now = w;
}

static bool happened(const struct story *s)
{
	return s->c.now.us < when_now().us - DEMO_LATER_SEC * WHEN_SECOND;
}

static enum rc as_official(struct story *s)
{
	s->official.body = s->k.a.body_id;
	return appeal_open_id(&s->c, &s->official, s->k.a.id, true, &s->k);
}

static enum rc as_person(struct story *s)
{
	return appeal_open_id(&s->c, &s->person, s->k.a.id, true, &s->k);
}

static enum rc begin_work(struct story *s)
{
	struct appeal_registering r = { 0 };

	later(s, 0);
	TRY(as_official(s));
	if (appeal_may(&s->k, EV_REGISTERED))
		TRY(appeal_register(&s->c, &s->k, &r));
	later(s, 1);
	TRY(as_official(s));
	return appeal_take(&s->c, &s->k);
}

static const struct {
	struct str kk, ru, kk_option, ru_option;
} answers[] = {
	{ S_INIT("Сіз былай жаздыңыз: «%.*s». Біз мұны орнында тексердік. Жұмысты мердігер %.*s дейін аяқтайды, ал бөлім оны қабылдап алады."),
	  S_INIT("Вы писали: «%.*s». Мы проверили это на месте. Работу закончит подрядчик до %.*s, а примет её наш отдел."), S_INIT(""), S_INIT("") },
	{ S_INIT("Сіз былай сұрадыңыз: «%.*s». Биыл мұны орындай алмаймыз, өйткені бюджетте бұған қаражат жоқ. Шешім %.*s жарияланады."),
	  S_INIT("Вы просили: «%.*s». В этом году выполнить это не сможем, потому что денег на это в бюджете нет. Решение опубликуют %.*s."),
	  S_INIT("Келесі жылғы жоспарға ұсыныс беруге немесе осы бетте шағымдануға болады."),
	  S_INIT("Вы можете предложить это в план на следующий год или обжаловать ответ на этой странице.") },
	{ S_INIT("Сіз былай сұрадыңыз: «%.*s». Кезек тізім бойынша жүреді, өз орныңызды сайттан көре аласыз. Қайта өтініш берудің керегі жоқ, %.*s дейін "
		 "хабарлаймыз."),
	  S_INIT("Вы спросили: «%.*s». Очередь идёт по списку, своё место вы видите на сайте. Подавать заявление снова не нужно, до %.*s сообщим вам сами."),
	  S_INIT(""), S_INIT("") },
};
enum { A_GRANTED, A_REFUSED, A_EXPLAINED };
static const char *const decisions[] = { "granted", "refused", "explained" };

/* What this person wrote comes first: without it the check would rightly call it a copy. */
static struct str answer_words(struct story *s, int how)
{
	struct str format = s->kk ? answers[how].kk : answers[how].ru, title = s->k.a.title, out[2];
	struct day due = calendar_add_working(s->c.app->pack, when_day(s->c.now), 20);
	size_t at = str_find(format, S("%.*s"), 0), next = str_find(format, S("%.*s"), at + 4);
	int y, m, d;

	day_to_ymd(due, &y, &m, &d);
	out[0] = str_fmt(s->arena, "%.*s%.*s", STR_FMT(str_sub(format, 0, at)), STR_FMT(title));
	out[1] = str_fmt(s->arena, "%.*s%02d.%02d.%d", STR_FMT(str_sub(format, at + 4, next - at - 4)), d, m, y);
	return str_fmt(s->arena, "%.*s%.*s%.*s", STR_FMT(out[0]), STR_FMT(out[1]), STR_FMT(str_from(format, next + 4)));
}

static enum rc write_answer(struct story *s, int how)
{
	struct answer_text *t = ARENA_NEW(s->arena, struct answer_text);
	struct answer_whole w;
	struct str option = s->kk ? answers[how].kk_option : answers[how].ru_option;

	*t = (struct answer_text){ .text = answer_words(s, how), .decision = str_of(decisions[how]), .lang = s->k.a.lang,
				   .ground = how == A_REFUSED ? S("no_money") : S("") };
	for (size_t i = 0; i < s->k.parts.n; i++) {
		t->parts[i].number = s->k.parts.v[i].number;
		t->parts[t->n_parts++].text = s->kk ? S("Бұл сұрақ бойынша жауап жоғарыда айтылды.") : S("По этому вопросу ответ дан выше.");
	}
	if (option.n)
		t->options[t->n_options++].text = option;
	t->steps[0].text = s->kk ? S("Орындалғанын осы бетте хабарлаймыз.") : S("О выполнении сообщим на этой странице.");
	t->steps[t->n_steps++].due = calendar_add_working(s->c.app->pack, when_day(s->c.now), 20);
	TRY(answer_draft_save(&s->c, &s->k, t, &w));
	TRY(answer_submit(&s->c, &s->k, &w));
	TRY(as_official(s));
	TRY(answer_approve(&s->c, &s->k, &w, S("")));
	TRY(as_official(s));
	return answer_sign(&s->c, &s->k, &w);
}

static enum rc answered(struct story *s, int how)
{
	TRY(begin_work(s));
	later(s, 2 + (int)chance(s, 14));
	TRY(as_official(s));
	return write_answer(s, how);
}

/* ---- what may become of an appeal: a row each, with its weight ---- */

static enum rc stay(struct story *s)
{
	(void)s;
	return RC_OK;
}

static enum rc granted(struct story *s)
{
	return answered(s, A_GRANTED);
}

static enum rc explained(struct story *s)
{
	return answered(s, A_EXPLAINED);
}

/* Before an unfavourable decision the person is heard. */
static enum rc refused(struct story *s)
{
	TRY(begin_work(s));
	later(s, 2);
	TRY(as_official(s));
	if (appeal_may(&s->k, EV_HEARING_PLANNED)) {
		struct day d = calendar_add_working(s->c.app->pack, when_day(s->c.now), 5);

		TRY(appeal_plan_hearing(&s->c, &s->k, s->kk ? answers[A_REFUSED].kk : answers[A_REFUSED].ru, when_of_day(d, 11, 0),
					s->kk ? S("101-кабинет") : S("кабинет 101")));
		later(s, 6);
		TRY(as_official(s));
		TRY(appeal_hold_hearing(&s->c, &s->k, s->kk ? S("Өтініш беруші тыңдалды.") : S("Заявитель заслушан, доводы записаны.")));
		later(s, 1);
		TRY(as_official(s));
	}
	return write_answer(s, A_REFUSED);
}

static enum rc rate(struct story *s, enum appeal_rating r)
{
	later(s, 1 + (int)chance(s, 4));
	TRY(as_person(s));
	return appeal_rate(&s->c, &s->k, r, S(""));
}

static enum rc clear(struct story *s)
{
	TRY(answered(s, chance(s, 2) ? A_GRANTED : A_EXPLAINED));
	return rate(s, RATING_CLEAR);
}

static enum rc published(struct story *s)
{
	TRY(clear(s));
	later(s, 1);
	TRY(as_official(s));
	return appeal_publish_masked(&s->c, &s->k, s->k.a.title, s->k.a.text);
}

static enum rc not_clear(struct story *s)
{
	TRY(answered(s, A_EXPLAINED));
	return rate(s, RATING_NOT_CLEAR);
}

static enum rc reopened(struct story *s)
{
	TRY(answered(s, A_GRANTED));
	TRY(rate(s, RATING_NOT_SOLVED));
	later(s, 1);
	TRY(as_person(s));
	return appeal_reopen(&s->c, &s->k, s->kk ? S("Әлі ештеңе жасалған жоқ.") : S("До сих пор ничего не сделано."));
}

static enum rc contested(struct story *s)
{
	struct appeal_case complaint;

	TRY(refused(s));
	later(s, 2);
	TRY(as_person(s));
	return appeal_contest(&s->c, &s->k, s->kk ? S("Жауаппен келіспеймін.") : S("С ответом не согласен, прошу проверить."), &complaint);
}

static enum rc passed_on(struct story *s)
{
	const struct pack *p = s->c.app->pack;
	const struct body *found[COMPETENT_MAX];
	size_t n = body_competent(p, pack_topic(p, s->k.a.topic), pack_place(p, s->k.a.place_id), found);

	later(s, 1);
	TRY(as_official(s));
	for (size_t i = 0; i < n; i++)
		if (found[i]->id != s->k.a.body_id) {
			struct appeal_hop hop = { .body = found[i]->id };

			TRY(appeal_pass_on(&s->c, &s->k, &hop, 1, S("not_ours"), S("")));
			s->k.a.body_id = hop.body;
			return chance(s, 2) ? granted(s) : RC_OK;
		}
	return RC_OK;
}

static enum rc paused(struct story *s)
{
	TRY(begin_work(s));
	later(s, 1);
	TRY(as_official(s));
	return appeal_ask_supplement(&s->c, &s->k, s->kk ? S("Нақты мекенжайды жазыңыз.") : S("Напишите, пожалуйста, точный адрес."));
}

static enum rc hearing(struct story *s)
{
	TRY(begin_work(s));
	later(s, 1);
	TRY(as_official(s));
	if (!appeal_may(&s->k, EV_HEARING_PLANNED))
		return RC_OK;
	struct day d = calendar_add_working(s->c.app->pack, when_day(s->c.now), 5);

	return appeal_plan_hearing(&s->c, &s->k, s->kk ? answers[A_REFUSED].kk : answers[A_REFUSED].ru, when_of_day(d, 15, 0),
				   s->kk ? S("205-кабинет") : S("кабинет 205"));
}

static enum rc extended(struct story *s)
{
	TRY(begin_work(s));
	later(s, 8);
	TRY(as_official(s));
	if (!appeal_may(&s->k, EV_EXTENDED))
		return RC_OK;
	return appeal_extend(&s->c, &s->k, calendar_add_working(s->c.app->pack, when_day(s->k.a.due_at), 10),
			     s->kk ? S("Орнында тексеру керек.") : S("Нужна проверка на месте."));
}

static enum rc stopped(struct story *s)
{
	TRY(begin_work(s));
	later(s, 1);
	TRY(as_official(s));
	return appeal_stop(&s->c, &s->k, S("repeated"), s->kk ? S("Бұған дейін жауап берілген.") : S("Ответ на это уже дан."));
}

static enum rc withdrawn(struct story *s)
{
	later(s, 2);
	TRY(as_person(s));
	return appeal_withdraw(&s->c, &s->k, s->kk ? S("Мәселе шешілді.") : S("Вопрос уже решён."));
}

static const struct {
	enum rc (*run)(struct story *s);
	unsigned weight;
	int64_t least_days; /* how long ago it must have begun for all this to have happened */
} fates[] = {
	{ granted, 16, 30 },   { explained, 14, 30 }, { clear, 16, 35 },     { published, 12, 40 }, { refused, 6, 45 },  { not_clear, 4, 40 },
	{ reopened, 3, 45 },   { contested, 3, 60 },  { passed_on, 7, 35 },  { paused, 3, 10 },     { hearing, 2, 10 },  { extended, 3, 20 },
	{ stopped, 2, 10 },    { withdrawn, 2, 6 },   { begin_work, 5, 4 },  { stay, 2, 0 },
};

/* ---- the words ---- */

static bool read_phrases(struct demo *d, const char *lang, struct phrases *ret)
{
	const char *path = str_fmt(d->arena, "%s/../../data/text/appeal_phrases.%s.tsv", d->app->country_dir, lang).p;
	char *buf = arena_alloc(d->arena, 1 << 20);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? -1 : read(fd, buf, 1 << 20);
	struct str rest = { buf, got > 0 ? (size_t)got : 0 }, line, kind;

	if (fd >= 0)
		close(fd);
	while (rest.n && str_cut(&rest, '\n', &line)) {
		struct saying p;

		if (!line.n || line.p[0] == '#' || !str_cut(&line, '\t', &p.topic) || !str_cut(&line, '\t', &kind) || !line.n)
			continue;
		p.text = line;
		p.request = str_eq(kind, S("request"));
		*VEC_ADD(d->arena, ret) = p;
	}
	return ret->n > 0;
}

static struct str fill(struct story *s, struct str text)
{
	static const char *const villages[] = { "Ақтас", "Бесағаш", "Қарабұлақ", "Жаңатұрмыс", "Көктал", "Сарыарқа" };
	struct out o = OUT_ON(s->arena);

	while (text.n) {
		size_t open = str_find_byte(text, '{', 0), end = str_find_byte(text, '}', 0);

		if (open == SIZE_MAX || end == SIZE_MAX || end < open) {
			out_str(&o, text);
			break;
		}
		struct str slot = str_sub(text, open + 1, end - open - 1);

		out_str(&o, str_sub(text, 0, open));
		if (str_eq(slot, S("days")))
			out_i64(&o, 5 + (int64_t)chance(s, 40));
		else
			out_str(&o, str_of(str_eq(slot, S("street")) ? demo_streets[chance(s, DEMO_STREETS)] : villages[chance(s, ARRAY_LEN(villages))]));
		text = str_from(text, end + 1);
	}
	return out_done(&o);
}

/* A problem, perhaps a second one of the topic, and a request. */
static struct str write_text(struct story *s, const struct phrases *all, const struct topic *t)
{
	VEC(const struct saying *) problems = { 0 }, requests = { 0 };

	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->v[i].topic, t->code)) {
			if (all->v[i].request)
				*VEC_ADD(s->arena, &requests) = &all->v[i];
			else
				*VEC_ADD(s->arena, &problems) = &all->v[i];
		}
	if (!problems.n || !requests.n)
		return S("");
	size_t first = chance(s, problems.n), second = chance(s, problems.n);
	struct str text = fill(s, problems.v[first]->text), request = fill(s, requests.v[chance(s, requests.n)]->text);

	if (second != first && chance(s, 2) == 0) {
		struct str more = fill(s, problems.v[second]->text);

		text = str_fmt(s->arena, "%.*s %.*s", STR_FMT(text), STR_FMT(more));
	}
	return str_fmt(s->arena, "%.*s\n%.*s", STR_FMT(text), STR_FMT(request));
}

/* Rows of weights: what people write about (iKOMEK 2024, rounded) and how (e-Otinish 2024). */
static const struct { const char *code; unsigned weight; } topic_weights[] = {
	{ "health", 30 },      { "transport", 14 }, { "kindergarten", 6 }, { "school", 8 }, { "roads", 16 },  { "heating", 9 },  { "water", 10 },
	{ "electricity", 7 },  { "waste", 6 },      { "yards", 6 },        { "land", 9 },   { "benefits", 9 }, { "jobs", 4 },     { "housing_queue", 6 },
	{ "construction", 5 }, { "lighting", 4 },   { "snow_ice", 4 },     { "animals", 3 }, { "police", 4 },  { "housing_mgmt", 6 }, { "wages", 3 },
	{ "pension", 3 },      { "internet", 3 },   { "ecology", 4 },      { "tariffs", 4 }, { "documents", 3 },
};
static const struct { const char *code; unsigned weight; } kind_weights[] = {
	{ "application", 69 }, { "inquiry", 14 }, { "complaint", 6 }, { "message", 7 }, { "proposal", 3 }, { "response", 1 },
};

#define PICK(s, rows, ret)                                                                         \
	do {                                                                                       \
		uint64_t all_ = 0, at_;                                                            \
		for (size_t i_ = 0; i_ < ARRAY_LEN(rows); i_++)                                    \
			all_ += (rows)[i_].weight;                                                 \
		at_ = chance((s), all_);                                                           \
		for ((ret) = 0; at_ >= (rows)[(ret)].weight; (ret)++)                              \
			at_ -= (rows)[(ret)].weight;                                               \
	} while (0)

/* Places by people; every third appeal comes from the region whose officials can be signed in as. */
static const struct place *pick_place(struct story *s)
{
	const struct pack *p = s->c.app->pack;
	const struct place *region = NULL;
	int64_t all = 0, at;

	if (chance(s, 3) == 0)
		region = pack_place(p, 100000000);
	for (size_t i = 0; i < p->n_places; i++)
		all += p->places[i].up ? 0 : p->places[i].population;
	at = (int64_t)chance(s, (uint64_t)all);
	for (size_t i = 0; i < p->n_places && !region; i++) {
		at -= p->places[i].up ? 0 : p->places[i].population;
		if (at < 0 && !p->places[i].up)
			region = &p->places[i];
	}
	for (int tries = 0; tries < 400; tries++) {
		const struct place *pl = &p->places[chance(s, p->n_places)];

		if (pl->up == region)
			return pl;
	}
	return region;
}

static enum rc file_it(struct story *s, bool agreed)
{
	const struct pack *p = s->c.app->pack;
	const struct body *found[COMPETENT_MAX];
	const struct place *where = pick_place(s);
	size_t topic, kind;

	PICK(s, topic_weights, topic);
	PICK(s, kind_weights, kind);
	const struct topic *t = pack_topic(p, str_of(topic_weights[topic].code));
	struct str text = t ? write_text(s, s->phrases[s->kk ? 0 : 1], t) : S("");

	if (!text.n || !where || body_competent(p, t, where, found) == 0)
		return RC_NOT_FOUND;
	struct appeal_filing f = {
		.kind = str_of(kind_weights[kind].code), .origin = chance(s, 8) ? S("web") : S("phone"), .lang = s->kk ? S("kk") : S("ru"), .text = text,
		.topic = t->code, .place = where->id, .body = found[0]->id, .people = 1, .agreed_public = agreed,
		.name = s->kk ? S("Айгүл Серікқызы") : S("Иван Петров"), .email = s->d->citizen_mail[s->citizen], .reply_by = S("mail"),
		.account = s->d->citizens[s->citizen],
	};

	return appeal_file(&s->c, &s->person, &f, &s->k);
}

/* Of ten steps that an answer promised about eight are done and one is moved; the rest waits, or is late by now. */
static enum rc keep_steps(struct story *s)
{
	struct answer_row_list answers_given;
	struct answer_whole w;
	int64_t luck = s->serial % 10;

	TRY(answer_list(s->c.db, s->k.a.id, &answers_given));
	if (!answers_given.n || luck == 0)
		return RC_OK;
	TRY(answer_load(&s->c, answers_given.v[answers_given.n - 1].id, &w));
	TRY(as_official(s));
	for (size_t i = 0; i < w.steps.n; i++) {
		const struct answer_step_row *step = &w.steps.v[i];
		struct day today = when_day(s->c.now), later_on = { (today.v > step->due_on.v ? today.v : step->due_on.v) + 14 };

		if (!step_may(&s->k, &w, step))
			continue;
		if (luck == 1)
			TRY(step_move(&s->c, &s->k, step->id, later_on, s->kk ? S("Материал кешігіп келді.") : S("Материалы пришли позже.")));
		else
			TRY(step_done(&s->c, &s->k, step->id, today, s->kk ? S("Орнында тексеріліп, қабылданды.") : S("Проверено и принято на месте.")));
	}
	return RC_OK;
}

/* What the program does by itself as days go by: silence past the term is a refusal, and four weeks after an answer it is asked again. */
static enum rc settle(struct story *s)
{
	struct when told = s->c.now, now = when_add(when_now(), -DEMO_LATER_SEC * WHEN_SECOND);
	int64_t n;

	TRY(appeal_by_id(s->c.db, s->k.a.id, &s->k.a));
	struct when next = when_set(s->k.a.followup_at) ? s->k.a.followup_at : s->k.a.due_at;

	s->c.now = when_of_day(when_day(next), 10, (int)chance(s, 40));
	if (s->c.now.us > told.us && s->c.now.us < now.us)
		TRY(keep_steps(s));
	s->c.now = when_of_day((struct day){ when_day(next).v + 1 }, 0, (int)chance(s, 40));
	if (s->c.now.us > told.us && s->c.now.us < now.us) {
		TRY(appeal_deem_silent(&s->c, 1, &n));
		TRY(appeal_ask_followup(&s->c, 1, &n));
		return RC_OK;
	}
	s->c.now = told;
	return RC_OK;
}

static enum rc live(struct db *db, void *arg)
{
	struct story *s = arg;
	struct ctx now = app_ctx(s->d->app, s->arena, db);
	size_t fate;

	PICK(s, fates, fate);
	s->age_days = fates[fate].least_days + (int64_t)chance(s, (uint64_t)(s->d->age_days - fates[fate].least_days));
	if (fates[fate].run == stay)
		s->age_days = (int64_t)chance(s, 3);
	s->c = now;
	s->c.now = when_add(now.now, -s->age_days * WHEN_DAY - (DEMO_LATER_SEC + (int64_t)chance(s, 43200)) * WHEN_SECOND);
	s->c.now = early_in_hour(s->c.now);
	s->kk = chance(s, 2);
	s->citizen = chance(s, s->d->n_citizens);
	s->person = (struct actor){ .account = s->d->citizens[s->citizen], .roles = CITIZEN };
	s->official = (struct actor){ .account = s->d->people[s->d->n_people - 1].account, .roles = DESK | BIT(ROLE_MODERATOR) };
	TRY(file_it(s, fates[fate].run == published || chance(s, 4) == 0));
	TRY(fates[fate].run(s));
	TRY(settle(s));
	return happened(s) || fates[fate].least_days == 0 ? RC_OK : RC_CONFLICT; /* nothing may lie ahead: this story is not told */
}

static enum rc forget_letters(struct db *db, void *arg)
{
	int64_t changed;

	(void)arg;
	return demo_forget_letters(db, &changed);
}

/* Tells so many lives by the real operations. Of those that may be copied it notes ids between them and forgets letters. */
static enum rc tell(struct demo *d, const struct phrases *kk, const struct phrases *ru, int64_t n, bool originals)
{
	int64_t told = 0, next_bound = 0;

	for (int64_t i = 0; told < n && i < n * 3; i++) {
		struct arena a CLEANUP(arena_end) = { 0 };
		struct story s = { .d = d, .phrases = { kk, ru }, .arena = &a, .serial = i };

		if (originals && told == next_bound) {
			*VEC_ADD(d->arena, &d->bounds) = id_make();
			next_bound += CHUNK;
		}
		if (originals && told == n - LETTERS_OF_LAST)
			TRY(db_write(d->app->db, d->arena, forget_letters, NULL));
		enum rc rc = db_write(d->app->db, &a, live, &s);

		if (rc == RC_OK)
			told++;
		else if (rc == RC_BUSY || rc == RC_INTERNAL)
			return rc;
	}
	if (originals)
		*VEC_ADD(d->arena, &d->bounds) = id_make();
	return told == n ? RC_OK : RC_CONFLICT;
}

enum rc demo_lives(struct demo *d, int64_t originals, int64_t times)
{
	struct phrases kk = { 0 }, ru = { 0 };

	if (!read_phrases(d, "kk", &kk) || !read_phrases(d, "ru", &ru)) {
		fputs("jauap: data/text/appeal_phrases.*.tsv is missing\n", stderr);
		return RC_NOT_FOUND;
	}
	TRY(tell(d, &kk, &ru, originals, true));
	if (times > 1)
		TRY(demo_copy(d, times));
	return tell(d, &kk, &ru, d->appeals - originals * times, false);
}

enum rc demo_appeals(struct demo *d)
{
	bool large = d->appeals >= LONG_FROM;
	int64_t originals = large ? ORIGINALS_LARGE : ORIGINALS_SMALL, times = d->appeals > originals ? d->appeals / originals : 1;

	d->age_days = large ? 365 : 120;
	return demo_lives(d, d->appeals / times, times);
}
