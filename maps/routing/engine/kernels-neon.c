/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/kernels.h"

#include <arm_neon.h>

/* NEON of 64-bit ARM: four costs at once. */

typedef uint32x4_t Vec;

#define LANES 4
#define KERNELS volant_kernels_neon
#define KERNELS_NAME "neon"

static const uint32_t part_masks[8] = { ~0u, ~0u, ~0u, ~0u };

#define part(n) vld1q_u32 (part_masks + 4 - (n))
#define vec_load(p) vld1q_u32 (p)
#define vec_store(p, v) vst1q_u32 (p, v)
#define vec_load_part(p, n) vec_load (p)
#define vec_join(v, rest, n) vbslq_u32 (part (n), v, rest)
#define vec_keep(v, n) vbslq_u32 (part (n), v, vdupq_n_u32 (VOLANT_COST_LIMIT))
#define vec_set(x) vdupq_n_u32 (x)
#define vec_add(a, b) vaddq_u32 (a, b)
#define vec_min(a, b) vminq_u32 (a, b)
#define vec_least(v) vminvq_u32 (v)

static inline uint32_t
vec_changed (Vec old, Vec less)
{
  static const uint32_t bits[LANES] = { 1, 2, 4, 8 };

  return vaddvq_u32 (vandq_u32 (vcltq_u32 (less, old), vld1q_u32 (bits)));
}

static inline void
vec_store_part (uint32_t *p, Vec v, uint32_t n)
{
  uint32_t lanes[LANES];

  vec_store (lanes, v);
  for (uint32_t i = 0; i < n; i++)
    p[i] = lanes[i];
}

#include "maps/routing/engine/kernels-body.h"
