/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/kernels.h"

#include <immintrin.h>

/* AVX2: eight costs at once. Parts are loaded whole, and stored by mask. */

typedef __m256i Vec;

#define LANES 8
#define KERNELS volant_kernels_avx2
#define KERNELS_NAME "avx2"

static const int32_t part_masks[16] = { -1, -1, -1, -1, -1, -1, -1, -1 };

static inline __m256i
part (uint32_t n)
{
  return _mm256_loadu_si256 ((const __m256i *) (part_masks + 8 - n));
}

#define vec_load(p) _mm256_loadu_si256 ((const __m256i *) (p))
#define vec_store(p, v) _mm256_storeu_si256 ((__m256i *) (p), v)
#define vec_load_part(p, n) vec_load (p)
#define vec_store_part(p, v, n) _mm256_maskstore_epi32 ((int *) (p), part (n), v)
#define vec_join(v, rest, n) _mm256_blendv_epi8 (rest, v, part (n))
#define vec_keep(v, n) \
  _mm256_blendv_epi8 (_mm256_set1_epi32 ((int) VOLANT_COST_LIMIT), v, part (n))
#define vec_set(x) _mm256_set1_epi32 ((int) (x))
#define vec_add(a, b) _mm256_add_epi32 (a, b)
#define vec_min(a, b) _mm256_min_epu32 (a, b)
#define vec_changed(old, less) \
  (0xffu ^ (uint32_t) _mm256_movemask_ps (_mm256_castsi256_ps (_mm256_cmpeq_epi32 (old, less))))

static inline uint32_t
vec_least (Vec v)
{
  __m128i half = _mm_min_epu32 (_mm256_castsi256_si128 (v), _mm256_extracti128_si256 (v, 1));

  half = _mm_min_epu32 (half, _mm_shuffle_epi32 (half, 0x4e));
  half = _mm_min_epu32 (half, _mm_shuffle_epi32 (half, 0xb1));
  return (uint32_t) _mm_cvtsi128_si32 (half);
}

#include "maps/routing/engine/kernels-body.h"
