/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

/* Section VOLANT_CITY_TURNS, little-endian. The header, then the arrays of VolantTurns in this
 * order: first_arc (n_states + 1), copy_links (n_states - n_links), heads (n_arcs), all uint32;
 * bearings (n_links) uint16; modes (n_arcs) uint8. Nothing follows. */

#define VOLANT_TURNS_VERSION 1

typedef struct {
  uint32_t version;
  uint32_t n_links;
  uint32_t n_states;
  uint32_t n_arcs;
} VolantTurnsHeader;
