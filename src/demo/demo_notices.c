/* demo_notices.c: explanations in advance in every state, by the real operations. */
#include "demo/demo.h"

#include "app/app.h"
#include "notice/notice.h"

#define NOTICES 40

static const struct { bool kk; struct str title, what, why, weighed, affected, softened, ask, outcome; } subjects[] = {
	{ true, S_INIT("Су ақысы кезең-кезеңімен өзгереді"), S_INIT("Бір текше метрдің бағасы екі кезеңмен өседі."), S_INIT("Елу жылдық құбырларды ауыстыру керек, қазір әр үшінші литр жолда жоғалады."),
	  S_INIT("Бағаны бірден көтеру де, жөндеуді кейінге қалдыру да қаралды. Біріншісі отбасыларға ауыр, екіншісінде апат көбейеді."), S_INIT("Қаладағы барлық үй. Төрт адамдық отбасы айына 400 теңгедей артық төлейді."),
	  S_INIT("Табысы аз отбасы айырмасын тұрғын үй көмегімен қайтара алады."), S_INIT("Басқарманың қабылдау бөлмесі, 109."), S_INIT("Бірінші кезең өтті, 14 шақырым құбыр ауыстырылды.") },
	{ false, S_INIT("Мост закроют на ремонт"), S_INIT("Мост закроют для машин, пешеходы пройдут по временному настилу."), S_INIT("Осмотр нашёл трещины в двух опорах."),
	  S_INIT("Взвесили ремонт без закрытия: он втрое дольше и опасен для рабочих."), S_INIT("Жители правого берега: дорога на работу станет длиннее на 15 минут."),
	  S_INIT("Два автобусных маршрута пойдут в объезд, проезд на них бесплатный."), S_INIT("Отдел дорог, 109."), S_INIT("Мост открыли на пять дней раньше срока.") },
	{ true, S_INIT("Мектептер екі ауысымнан бір ауысымға көшеді"), S_INIT("Жаңа мектеп ашылады, алты мектептің екінші ауысымы жабылады."), S_INIT("Балалар сабақтан қараңғыда қайтып жүр."),
	  S_INIT("Автобус санын көбейту қаралды, бірақ ол сабақтың кеш аяқталуын шешпейді."), S_INIT("1 200 оқушы және олардың ата-анасы."), S_INIT("Көшетін сыныптарға тегін автобус беріледі."),
	  S_INIT("Білім басқармасы, 41 41 41."), S_INIT("") },
	{ false, S_INIT("Новая схема вывоза мусора"), S_INIT("Мусор будут вывозить каждый день, пластик отдельно по вторникам."), S_INIT("Полигон заполнен на девять десятых."),
	  S_INIT("Взвесили новый полигон: он дороже вчетверо и нужен через два года всё равно."), S_INIT("Все дворы города. Плата не меняется."), S_INIT("Баки для пластика город ставит за свой счёт."),
	  S_INIT("Единая диспетчерская, 109."), S_INIT("Вывоз пластика начался, за месяц собрали 40 тонн.") },
};

/* A writer and an approver: two of the body's officials. */
static enum rc one(struct ctx *c, struct demo *d, size_t i, const struct demo_person *p)
{
	const size_t k = i % ARRAY_LEN(subjects);
	struct actor writer = { .account = p->account, .body = p->body, .roles = BIT(ROLE_EXECUTOR) };
	struct actor head = { .account = p->account + 1, .body = p->body, .roles = BIT(ROLE_HEAD) };
	struct when begun = c->now;
	struct notice_words w = { .title = subjects[k].title, .what = subjects[k].what, .why = subjects[k].why, .weighed = subjects[k].weighed,
				  .affected = subjects[k].affected, .softened = subjects[k].softened, .ask = subjects[k].ask,
				  .lang = subjects[k].kk ? S("kk") : S("ru") };
	struct notice_id id;
	enum { DRAFT, WAITS, SCHEDULED, AHEAD, OVER };
	int how = i % 8 > OVER ? (i % 2 ? OVER : AHEAD) : (int)(i % 8);
	int64_t ago = how == OVER ? 60 + (int64_t)rng_below(&d->rng, 90) : 1 + (int64_t)rng_below(&d->rng, 9);

	c->now = when_add(c->now, -ago * 86400 * WHEN_SECOND);
	w.effective.v = when_day(c->now).v + 15 + (int32_t)rng_below(&d->rng, 25);
	enum rc rc = notice_write(c, &writer, &w, &id);

	if (rc == RC_OK && how >= WAITS)
		rc = notice_submit(c, &writer, id);
	if (rc == RC_OK && how >= SCHEDULED)
		rc = notice_approve(c, &head, id, how == SCHEDULED ? when_add(begun, 86400 * WHEN_SECOND) : (struct when){ 0 });
	c->now = begun;
	if (rc == RC_OK && how == OVER && subjects[k].outcome.n)
		rc = notice_outcome(c, &head, id, subjects[k].outcome);
	return rc;
}

static enum rc all(struct db *db, void *arg)
{
	struct demo *d = arg;
	struct ctx c = app_ctx(d->app, d->arena, db);
	size_t made = 0;

	for (size_t round = 0; made < NOTICES && round < NOTICES; round++)
		for (size_t i = 0; i < d->n_people && made < NOTICES; i++)
			if (str_eq(str_of(d->people[i].role), S("everything")))
				TRY(one(&c, d, made++, &d->people[i]));
	return RC_OK;
}

enum rc demo_notices(struct demo *d)
{
	return db_write(d->app->db, d->arena, all, d);
}
