#include "text/letters.h"

#include "base/utf8.h"

struct letters letters_of(struct str word)
{
	struct letters r;

	r.n = 0;
	for (size_t at = 0; at < word.n && r.n < LETTERS_MAX;) {
		uint32_t cp = utf8_next(word, &at);

		if (cp != UTF8_BAD)
			r.v[r.n++] = cp < 0x80 ? (cp >= 'A' && cp <= 'Z' ? cp + 32 : cp)
					       : utf8_lower_cp(cp);
	}
	return r;
}

struct str letters_str(struct arena *a, const struct letters *w)
{
	char *p = arena_alloc(a, w->n * 4 + 1);
	size_t n = 0;

	for (size_t i = 0; i < w->n; i++)
		n += utf8_put(p + n, w->v[i]);
	p[n] = '\0';
	return (struct str){ p, n };
}

enum script letters_script(const struct letters *w)
{
	bool cyrillic = false, latin = false, other = false;

	for (size_t i = 0; i < w->n; i++) {
		uint32_t c = w->v[i];

		if (c >= 0x400 && c <= 0x52f)
			cyrillic = true;
		else if ((c >= 'a' && c <= 'z') || (c >= 0xdf && c <= 0x24f))
			latin = true;
		else if (c > 0x7f)
			other = true;
	}
	if (other)
		return SCRIPT_OTHER;
	if (cyrillic && latin)
		return SCRIPT_MIXED;
	return cyrillic ? SCRIPT_CYRILLIC : latin ? SCRIPT_LATIN : SCRIPT_NONE;
}

bool letters_have_kk(const struct letters *w)
{
	for (size_t i = 0; i < w->n; i++) {
		switch (w->v[i]) {
		case 0x4d9: case 0x493: case 0x49b: case 0x4a3: case 0x4e9: /* ә ғ қ ң ө */
		case 0x4b1: case 0x4af: case 0x4bb: case 0x456:             /* ұ ү һ і */
		case 0xe4: case 0x11f: case 0xf1: case 0xf6:                /* ä ğ ñ ö */
		case 0x16b: case 0xfc: case 0x15f: case 0x131:              /* ū ü ş ı */
			return true;
		default:
			break;
		}
	}
	return false;
}

bool letter_is_vowel(uint32_t cp)
{
	switch (cp) {
	case 0x430: case 0x435: case 0x438: case 0x43e: case 0x443: /* а е и о у */
	case 0x44b: case 0x44d: case 0x44e: case 0x44f: case 0x451: /* ы э ю я ё */
	case 0x4d9: case 0x4e9: case 0x4b1: case 0x4af: case 0x456: /* ә ө ұ ү і */
		return true;
	default:
		return false;
	}
}

unsigned letter_bit(uint32_t cp)
{
	if (cp >= 0x430 && cp <= 0x451)
		return cp - 0x430;
	switch (cp) {
	case 0x456: return 34; /* і */
	case 0x493: return 35; /* ғ */
	case 0x49b: return 36; /* қ */
	case 0x4a3: return 37; /* ң */
	case 0x4af: return 38; /* ү */
	case 0x4b1: return 39; /* ұ */
	case 0x4bb: return 40; /* һ */
	case 0x4d9: return 41; /* ә */
	case 0x4e9: return 42; /* ө */
	default: return LETTER_OTHER;
	}
}

/* Cyrillic to its stand-in; 0 drops the letter. Й goes with И, Э with Е, because the Latin alphabet joins them. */
static uint32_t fold_cyrillic(uint32_t c)
{
	switch (c) {
	case 0x4d9: return 0x430;             /* ә а */
	case 0x493: return 0x433;             /* ғ г */
	case 0x49b: return 0x43a;             /* қ к */
	case 0x4a3: return 0x43d;             /* ң н */
	case 0x4e9: return 0x43e;             /* ө о */
	case 0x4b1: case 0x4af: return 0x443; /* ұ ү у */
	case 0x4bb: return 0x445;             /* һ х */
	case 0x456: case 0x439: return 0x438; /* і й и */
	case 0x451: case 0x44d: return 0x435; /* ё э е */
	case 0x449: return 0x448;             /* щ ш */
	case 0x44a: case 0x44c: return 0;     /* ъ ь */
	default: return c;
	}
}

/* Latin digraphs of the alphabet of 2021 and of everyday spelling. */
static uint32_t fold_digraph(uint32_t x, uint32_t y)
{
	static const struct { char x, y; uint16_t cyrillic; } pairs[] = {
		{ 'c', 'h', 0x447 }, { 's', 'h', 0x448 }, { 'z', 'h', 0x436 },
		{ 'k', 'h', 0x445 }, { 'g', 'h', 0x433 },
	};

	for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
		if (x == (uint32_t)pairs[i].x && y == (uint32_t)pairs[i].y)
			return pairs[i].cyrillic;
	return 0;
}

static uint32_t fold_latin(uint32_t c)
{
	/*                              a       b      c       d      e      f      g      h      i */
	static const uint16_t ascii[] = { 0x430, 0x431, 0x441, 0x434, 0x435, 0x444, 0x433, 0x445, 0x438,
		/*       j      k      l      m      n      o      p      q      r */
		0x436, 0x43a, 0x43b, 0x43c, 0x43d, 0x43e, 0x43f, 0x43a, 0x440,
		/*       s      t      u      v      w      x      y      z */
		0x441, 0x442, 0x443, 0x432, 0x443, 0x445, 0x44b, 0x437 };

	if (c >= 'a' && c <= 'z')
		return ascii[c - 'a'];
	switch (c) {
	case 0xe4: return 0x430;             /* ä */
	case 0x11f: return 0x433;            /* ğ */
	case 0xf1: return 0x43d;             /* ñ */
	case 0xf6: return 0x43e;             /* ö */
	case 0x16b: case 0xfc: return 0x443; /* ū ü */
	case 0x15f: return 0x448;            /* ş */
	case 0x131: return 0x438;            /* ı */
	default: return 0;
	}
}

static void fold_put(struct letters *r, uint32_t cp)
{
	if (cp != 0 && r->n < LETTERS_MAX)
		r->v[r->n++] = cp;
}

struct letters letters_fold(const struct letters *w)
{
	struct letters r;

	r.n = 0;
	for (size_t i = 0; i < w->n; i++) {
		uint32_t c = w->v[i];
		uint32_t pair = i + 1 < w->n ? fold_digraph(c, w->v[i + 1]) : 0;

		if (pair) {
			fold_put(&r, pair);
			i++;
		} else if (c == 0x44e || c == 0x44f) { /* ю я: "iu" and "ia" in Latin */
			fold_put(&r, 0x438);
			fold_put(&r, c == 0x44e ? 0x443 : 0x430);
		} else if (c == 0x446) { /* ц: "ts" */
			fold_put(&r, 0x442);
			fold_put(&r, 0x441);
		} else if (c >= 0x430 && c <= 0x52f) {
			fold_put(&r, fold_cyrillic(c));
		} else if (c >= '0' && c <= '9') {
			fold_put(&r, c);
		} else {
			fold_put(&r, fold_latin(c));
		}
	}
	return r;
}

bool table_has(const char *const *table, size_t n, struct str s)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int c = str_cmp(str_of(table[mid]), s);

		if (c == 0)
			return true;
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return false;
}
