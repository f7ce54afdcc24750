/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/engine/kernels.h"
#include "maps/routing/engine/weights.h"

/* What full and partial customization share. */

G_BEGIN_DECLS

VolantSides volant_weights_get_sides (VolantWeights *weights);

/* Sets a range of slots to the costs of the arcs alone. */
void volant_weights_set_arcs (VolantWeights *weights, const VolantKernels *kernels,
                              const uint32_t *costs, uint32_t first_slot, uint32_t end_slot);

/* A block's own part, once all blocks below have passed theirs up. */
void volant_weights_finish_block (const VolantKernels *kernels, const VolantBlock *block,
                                  VolantTarget rows);

G_END_DECLS
