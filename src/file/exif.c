#include "file/exif.h"

#define SEGMENTS_MAX 64
#define ENTRIES_MAX 200
#define TAG_GPS 0x8825u
#define TYPE_ASCII 2
#define TYPE_RATIONAL 5

/* A TIFF block; every read is checked against its end. */
struct tiff {
	struct str s;
	bool little;
};

static unsigned byte_at(const struct tiff *t, size_t at)
{
	return at < t->s.n ? (unsigned char)t->s.p[at] : 0;
}

static unsigned u16(const struct tiff *t, size_t at)
{
	return t->little ? byte_at(t, at) | byte_at(t, at + 1) << 8 : byte_at(t, at) << 8 | byte_at(t, at + 1);
}

static size_t u32(const struct tiff *t, size_t at)
{
	size_t a = u16(t, at), b = u16(t, at + 2);

	return t->little ? a | b << 16 : a << 16 | b;
}

/* The block behind "Exif" in the first segments of a JPEG. */
static bool find_tiff(struct str jpeg, struct tiff *ret)
{
	size_t at = 2;

	for (int i = 0; i < SEGMENTS_MAX && at + 10 < jpeg.n && (unsigned char)jpeg.p[at] == 0xff; i++) {
		unsigned marker = (unsigned char)jpeg.p[at + 1];
		size_t size = (size_t)(unsigned char)jpeg.p[at + 2] << 8 | (unsigned char)jpeg.p[at + 3];

		if (marker == 0xda || size < 2)
			return false;
		if (marker == 0xe1 && str_starts(str_from(jpeg, at + 4), S("Exif\0\0"))) {
			ret->s = str_sub(jpeg, at + 10, size > 8 ? size - 8 : 0);
			ret->little = str_starts(ret->s, S("II"));
			return ret->little || str_starts(ret->s, S("MM"));
		}
		at += 2 + size;
	}
	return false;
}

/* Where the entry with this tag stands in the directory; SIZE_MAX: nowhere. */
static size_t entry(const struct tiff *t, size_t directory, unsigned tag)
{
	unsigned n = u16(t, directory);

	for (unsigned i = 0; directory < t->s.n && i < n && i < ENTRIES_MAX; i++)
		if (u16(t, directory + 2 + 12 * (size_t)i) == tag)
			return directory + 2 + 12 * (size_t)i;
	return SIZE_MAX;
}

/* Degrees, minutes and seconds, each a fraction. */
static bool degrees(const struct tiff *t, size_t at, double *ret)
{
	double v = 0, of = 1;

	if (at == SIZE_MAX || u16(t, at + 2) != TYPE_RATIONAL || u32(t, at + 4) != 3)
		return false;
	size_t from = u32(t, at + 8);

	for (size_t i = 0; i < 3; i++, of *= 60) {
		size_t above = u32(t, from + 8 * i), below = u32(t, from + 8 * i + 4);

		if (!below)
			return false;
		v += (double)above / (double)below / of;
	}
	*ret = v;
	return from + 24 <= t->s.n;
}

static unsigned side(const struct tiff *t, size_t at)
{
	return at != SIZE_MAX && u16(t, at + 2) == TYPE_ASCII ? byte_at(t, at + 8) : 0;
}

bool exif_point(struct str jpeg, double *ret_lat, double *ret_lon)
{
	struct tiff t;
	double lat, lon;

	if (!find_tiff(jpeg, &t))
		return false;
	size_t pointer = entry(&t, u32(&t, 4), TAG_GPS);

	if (pointer == SIZE_MAX)
		return false;
	size_t gps = u32(&t, pointer + 8);
	unsigned south = side(&t, entry(&t, gps, 1)), west = side(&t, entry(&t, gps, 3));

	if (!degrees(&t, entry(&t, gps, 2), &lat) || !degrees(&t, entry(&t, gps, 4), &lon) || lat > 90 || lon > 180)
		return false;
	if ((south != 'N' && south != 'S') || (west != 'E' && west != 'W') || (lat < 1e-9 && lon < 1e-9))
		return false;
	*ret_lat = south == 'S' ? -lat : lat;
	*ret_lon = west == 'W' ? -lon : lon;
	return true;
}
