/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/kernels.h"

/* Plain C, one cost at a time: for processors that have nothing else, and to hold the others
 * against. There are no parts of one. */

typedef uint32_t Vec;

#define LANES 1
#define KERNELS volant_kernels_portable
#define KERNELS_NAME "portable"

#define vec_load(p) (*(p))
#define vec_store(p, v) (*(p) = (v))
#define vec_load_part(p, n) vec_load (p)
#define vec_store_part(p, v, n) vec_store (p, v)
#define vec_join(v, rest, n) (v)
#define vec_keep(v, n) (v)
#define vec_set(x) (x)
#define vec_add(a, b) ((a) + (b))
#define vec_min(a, b) MIN (a, b)
#define vec_changed(old, less) ((uint32_t) ((less) < (old)))
#define vec_least(v) (v)

#include "maps/routing/engine/kernels-body.h"
