/* Any bytes as a photo: a point is on the globe, or there is none. */
#include "file/exif.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str in = { (const char *)data, size };
	double lat = 1000, lon = 1000;

	if (exif_point(in, &lat, &lon))
		fuzz_must(lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180, "point off the globe", in);
	else
		fuzz_must(lat >= 1000 && lon >= 1000, "changed on failure", in);
	return 0;
}
