#include "app/app.h"
#include "base/utf8.h"
#include "body/body.h"
#include "channel/api.h"
#include "gen/messages.h"
#include "text/ident.h"
#include "text/suggest.h"
#include "text/text.h"

#define TEXT_LEAST 20
#define TEXT_MOST 20000

static bool one_line(struct str s)
{
	return str_find_byte(s, '\n', 0) == SIZE_MAX;
}

static bool on_earth(double lat, double lon)
{
	return lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180;
}

int64_t api_place_at(const struct req *rq, double lat, double lon)
{
	const struct pack *p = rq->ctx.app->pack;
	const struct place *best = NULL;
	double best_d = 0;

	if (!on_earth(lat, lon) || (lat > -0.0001 && lat < 0.0001 && lon > -0.0001 && lon < 0.0001))
		return 0;
	for (size_t i = 0; i < p->n_places; i++) {
		const struct place *pl = &p->places[i];
		/* a degree of longitude is shorter up north; at these latitudes two thirds will do to compare */
		double dy = pl->lat - lat, dx = (pl->lon - lon) * 0.66, d = dx * dx + dy * dy;

		if (pl->up && (!best || d < best_d)) {
			best = pl;
			best_d = d;
		}
	}
	return best ? best->id : 0;
}

/* Neither a code nor a point: the address and the text may name it. */
static const struct place *place_in_words(const struct req *rq, const struct api_filing *f)
{
	struct place_suggestion found[SUGGEST_N];
	const struct suggest_gazetteer *g = rq->ctx.app->gazetteer;
	struct str words = str_fmt(rq->ctx.arena, "%.*s. %.*s", STR_FMT(f->address), STR_FMT(f->text));

	return g && !f->place && suggest_places(rq->ctx.arena, g, words, found) ? pack_place(rq->ctx.app->pack, found[0].id) : NULL;
}

static enum rc wrong(struct req *rq, struct api_filed *ret, const char *field, unsigned msg)
{
	ret->field = field;
	return fail(&rq->ctx, RC_INVALID, msg);
}

static struct str language(const struct req *rq, const struct api_filing *f)
{
	enum lang_id id;

	if (lang_by_code(f->lang, &id))
		return lang_code(lang_of(id));
	return text_lang_code(f->text, lang_code(rq->view.lang));
}

enum rc api_file(struct req *rq, const struct api_filing *f, struct api_filed *ret)
{
	const struct pack *p = rq->ctx.app->pack;
	const struct kind *kind = pack_kind(p, f->kind);
	const struct topic *topic = pack_topic(p, f->topic);
	const struct place *place = pack_place(p, f->place ? f->place : api_place_at(rq, f->lat, f->lon));
	const struct body *found[COMPETENT_MAX], *body = f->body ? pack_body(p, f->body) : NULL;
	size_t length = utf8_count(f->text);
	struct str phone = S("");

	if (!place)
		place = place_in_words(rq, f);
	if (length < TEXT_LEAST || length > TEXT_MOST)
		return wrong(rq, ret, "text", length < TEXT_LEAST ? MSG_CHANNEL_TEXT_SHORT : MSG_CHANNEL_TEXT_LONG);
	if (!kind || !kind->offered)
		return wrong(rq, ret, "kind", MSG_FORM_CHOOSE);
	if (!topic)
		return wrong(rq, ret, "topic", MSG_FORM_CHOOSE);
	if (!place)
		return wrong(rq, ret, "place", MSG_FORM_CHOOSE);
	if (utf8_count(f->name) < 2 || utf8_count(f->name) > 120)
		return wrong(rq, ret, "name", MSG_FORM_REQUIRED);
	if (!one_line(f->name) || !one_line(f->address))
		return wrong(rq, ret, one_line(f->name) ? "address" : "name", MSG_FORM_ONE_LINE);
	if (!on_earth(f->lat, f->lon))
		return wrong(rq, ret, "lat", MSG_FORM_NUMBER);
	if (f->email.n && !email_valid(f->email))
		return wrong(rq, ret, "email", MSG_FORM_EMAIL);
	if (f->phone.n && !phone_e164(rq->ctx.arena, rq->ctx.app->pack->phones, f->phone, &phone))
		return wrong(rq, ret, "phone", MSG_FORM_PHONE);
	if (!f->email.n && !phone.n)
		return wrong(rq, ret, "email", MSG_FILING_CONTACT);
	if (f->body && !body)
		return wrong(rq, ret, "body", MSG_FORM_CHOOSE);
	if (!body && body_competent(p, topic, place, found) > 0)
		body = found[0];
	if (!body)
		return wrong(rq, ret, "topic", MSG_FORM_CHOOSE);
	ret->danger = filing_danger_of(&rq->ctx, f->text, f->danger);
	struct appeal_filing filing = {
		.kind = f->kind, .origin = f->origin, .lang = language(rq, f), .text = f->text, .topic = f->topic, .place = place->id, .body = body->id,
		.address = utf8_head(f->address, 300), .lat = f->lat, .lon = f->lon, .people = 1, .agreed_public = f->agreed_public, .name = f->name,
		.danger = ret->danger.now,
		.email = f->email, .phone = phone, .reply_by = f->email.n ? S("mail") : S("cabinet"),
	};
	struct actor guest = { .roles = BIT(ROLE_GUEST) };

	ret->field = "text";
	return appeal_file(&rq->ctx, &guest, &filing, &ret->k);
}
