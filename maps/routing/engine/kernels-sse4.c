/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/kernels.h"

#include <smmintrin.h>

/* SSE4.1: four costs at once. */

typedef __m128i Vec;

#define LANES 4
#define KERNELS volant_kernels_sse4
#define KERNELS_NAME "sse4"

static const int32_t part_masks[8] = { -1, -1, -1, -1 };

static inline __m128i
part (uint32_t n)
{
  return _mm_loadu_si128 ((const __m128i *) (part_masks + 4 - n));
}

#define vec_load(p) _mm_loadu_si128 ((const __m128i *) (p))
#define vec_store(p, v) _mm_storeu_si128 ((__m128i *) (p), v)
#define vec_load_part(p, n) vec_load (p)
#define vec_join(v, rest, n) _mm_blendv_epi8 (rest, v, part (n))
#define vec_keep(v, n) _mm_blendv_epi8 (_mm_set1_epi32 ((int) VOLANT_COST_LIMIT), v, part (n))
#define vec_set(x) _mm_set1_epi32 ((int) (x))
#define vec_add(a, b) _mm_add_epi32 (a, b)
#define vec_min(a, b) _mm_min_epu32 (a, b)
#define vec_changed(old, less) \
  (0xfu ^ (uint32_t) _mm_movemask_ps (_mm_castsi128_ps (_mm_cmpeq_epi32 (old, less))))

static inline void
vec_store_part (uint32_t *p, Vec v, uint32_t n)
{
  uint32_t lanes[LANES];

  vec_store (lanes, v);
  for (uint32_t i = 0; i < n; i++)
    p[i] = lanes[i];
}

static inline uint32_t
vec_least (Vec v)
{
  v = _mm_min_epu32 (v, _mm_shuffle_epi32 (v, 0x4e));
  v = _mm_min_epu32 (v, _mm_shuffle_epi32 (v, 0xb1));
  return (uint32_t) _mm_cvtsi128_si32 (v);
}

#include "maps/routing/engine/kernels-body.h"
