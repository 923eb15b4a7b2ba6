/* exif.h: where a photo was taken, read once before the photo is drawn anew without it. Never kept with the file. */
#ifndef FILE_EXIF_H
#define FILE_EXIF_H

#include "base/str.h"

/* From the EXIF block of a JPEG. False: it does not say, or says nonsense. */
bool exif_point(struct str jpeg, double *ret_lat, double *ret_lon);

#endif
