/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/engine/topology.h"

/* The inner loops of the engine, written once (kernels-body.h) and compiled for each instruction
 * set; the best that the processor has is chosen at run time. All are min-plus on costs of at most
 * VOLANT_COST_LIMIT, so that a sum of two fits 32 bits.
 *
 * Arrays that kernels read or write have VOLANT_KERNEL_SLACK entries more than they need: whole
 * vectors are loaded past the end, and what lies there is not used. */

G_BEGIN_DECLS

#define VOLANT_KERNEL_SLACK 16
#define VOLANT_TILE 16

/* Weights while they are made. The blocks above those that one thread works on are shared with
 * other threads: it has its own copies of their rows. */
typedef struct {
  uint32_t *up;               /* by slot */
  uint32_t *down;
  uint16_t *up_codes;         /* by slot: which way the weight came about last */
  uint16_t *down_codes;
  const uint32_t *own_slots;  /* by block: where its rows begin in the copies, VOLANT_NOT_OWN where
                                 it has none; NULL where nothing is shared */
  uint32_t *own_up;
  uint32_t *own_down;
  uint16_t *own_up_codes;
  uint16_t *own_down_codes;
} VolantSides;

#define VOLANT_NOT_OWN UINT32_MAX

/* The rows of a block that a thread may write. */
typedef struct {
  uint32_t *up;
  uint32_t *down;
  uint16_t *up_codes;
  uint16_t *down_codes;
} VolantTarget;

static inline VolantTarget
volant_sides_target (const VolantSides *sides, uint32_t index, const VolantBlock *block)
{
  uint32_t own = sides->own_slots != NULL ? sides->own_slots[index] : VOLANT_NOT_OWN;

  if (own != VOLANT_NOT_OWN)
    return (VolantTarget) { sides->own_up + own, sides->own_down + own,
                            sides->own_up_codes + own, sides->own_down_codes + own };
  return (VolantTarget) { sides->up + block->first_slot, sides->down + block->first_slot,
                          sides->up_codes + block->first_slot,
                          sides->down_codes + block->first_slot };
}

typedef struct {
  const char *name;

  /* Relaxes the rows of a block from one level up to another (from >= to): costs, by depth, are
   * those of the nodes on one way up the tree. Nodes at bound or above are passed over. */
  void (*climb) (const VolantBlock *block, const VolantRun *runs, const uint32_t *weights,
                 uint32_t from, uint32_t to, uint32_t bound, uint32_t *costs);

  /* The cost of each node from one level of a block down to another (from <= to), from the costs of
   * all above it, by depth. */
  void (*descend) (const VolantBlock *block, const VolantRun *runs, const uint32_t *weights,
                   uint32_t from, uint32_t to, uint32_t *costs);

  /* The least a[i] + b[i], and the least a[i], VOLANT_COST_LIMIT where n is 0. */
  uint32_t (*least_sum) (const uint32_t *a, const uint32_t *b, uint32_t n);
  uint32_t (*least) (const uint32_t *a, uint32_t n);

  /* a[i] = VOLANT_COST_LIMIT. */
  void (*fill) (uint32_t *a, uint32_t n);

  /* a[i] = min (a[i], b[i]); where b[i] is less, a's code becomes b's. */
  void (*merge) (uint32_t *a, uint16_t *a_codes, const uint32_t *b, const uint16_t *b_codes,
                 uint32_t n);

  /* Relaxes a row: row[i] = min (row[i], cost + other[i]), with that code where it is less. */
  void (*relax) (uint32_t *row, uint16_t *codes, const uint32_t *other, uint32_t n, uint32_t cost,
                 uint16_t code);

  /* Relaxes the rows of the blocks above by way of every node of a block: of all of them, or, where
   * only is not NULL, of that one. */
  void (*pass_up) (const VolantTopology *topology, const VolantBlock *block,
                   const VolantSides *sides, const VolantBlockLink *only);

  /* Tiles hold the costs of VOLANT_TILE nodes (lanes) side by side: tile[depth * VOLANT_TILE +
   * lane]. Here the rows of one block's levels, first <= level < end, lanes that have no more than
   * that many of its levels on their way masked: rows[…] = counts[lane] > level ? tile[…] : never.
   * Rows and tile begin at the first level. */
  void (*tile_take) (uint32_t *rows, const uint32_t *tile, const uint16_t *counts, uint32_t first,
                     uint32_t end);

  /* Relaxes the rows of a block's first levels for all lanes of a tile: front holds their costs,
   * by level. */
  void (*tile_climb) (const VolantBlock *block, const VolantRun *runs, const uint32_t *weights,
                      uint32_t n_levels, const uint32_t *front, uint32_t *costs);

  /* A part of a table, of two tiles' rows: costs[i][k] = min (costs[i][k], a[h][i] + b[h][k]) over
   * h < depth, for the first n lanes of a and all of b. */
  void (*table) (uint32_t *costs, size_t stride, const uint32_t *a, uint32_t n, const uint32_t *b,
                 uint32_t depth);
} VolantKernels;

/* The best for this processor, or the one VOLANT_KERNELS names in the environment. */
const VolantKernels *volant_kernels_get (void);
/* For tests: all that this processor can run, ended by NULL, and one of them to go on with. */
const VolantKernels *const *volant_kernels_list (void);
void volant_kernels_use (const VolantKernels *kernels);

extern const VolantKernels volant_kernels_portable;
extern const VolantKernels volant_kernels_sse4;
extern const VolantKernels volant_kernels_avx2;
extern const VolantKernels volant_kernels_avx512;
extern const VolantKernels volant_kernels_neon;

G_END_DECLS
