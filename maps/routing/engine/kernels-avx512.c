/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/kernels.h"

#include <immintrin.h>

/* AVX-512 F, BW and VL: sixteen costs at once, parts by mask. */

typedef __m512i Vec;

#define LANES 16
#define KERNELS volant_kernels_avx512
#define KERNELS_NAME "avx512"
#define PART(n) ((__mmask16) _bzhi_u32 (0xffff, n))

#define vec_load(p) _mm512_loadu_si512 (p)
#define vec_store(p, v) _mm512_storeu_si512 (p, v)
#define vec_load_part(p, n) _mm512_maskz_loadu_epi32 (PART (n), p)
#define vec_store_part(p, v, n) _mm512_mask_storeu_epi32 (p, PART (n), v)
#define vec_join(v, rest, n) _mm512_mask_mov_epi32 (rest, PART (n), v)
#define vec_keep(v, n) \
  _mm512_mask_mov_epi32 (_mm512_set1_epi32 ((int) VOLANT_COST_LIMIT), PART (n), v)
#define vec_set(x) _mm512_set1_epi32 ((int) (x))
#define vec_add(a, b) _mm512_add_epi32 (a, b)
#define vec_min(a, b) _mm512_min_epu32 (a, b)
#define vec_changed(old, less) ((uint32_t) _mm512_cmplt_epu32_mask (less, old))
#define vec_least(v) ((uint32_t) _mm512_reduce_min_epu32 (v))

#define HAS_MARK

static inline void
mark (uint16_t *codes, uint32_t changed, uint16_t code)
{
  _mm256_mask_storeu_epi16 (codes, (__mmask16) changed, _mm256_set1_epi16 ((short) code));
}

#include "maps/routing/engine/kernels-body.h"
