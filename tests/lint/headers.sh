#!/bin/sh
# headers.sh SOURCE_ROOT BUILD_ROOT CC...: each header compiles alone, so that nobody must know what to include before it.
set -u
source=$1 build=$2
shift 2
failed=0 n=0
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

for header in $(cd "$source" && find lib src -name '*.h' | sort); do
	n=$((n + 1))
	case $header in
	lib/*) name=${header#lib/} ;;
	src/*) name=${header#src/} ;;
	esac
	# twice, so that the guard is seen to hold
	printf '#include "%s"\n#include "%s"\n' "$name" "$name" >"$work/alone.c"
	"$@" -std=c17 -D_GNU_SOURCE -Wall -Wextra -Werror -Wno-unused-const-variable -fsyntax-only -I"$source/lib" -I"$source/src" -I"$build/lib" -I"$build/src" \
		-I"$build/src/gen" -I"$build/lib/gen" $(pkg-config --cflags libpq) "$work/alone.c" || { echo "FAIL: $header does not stand alone"; failed=1; }
done
echo "$n headers"
exit $failed
