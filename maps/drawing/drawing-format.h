/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/drawing/drawing.h"

/* How the DRAW section lies in the file, shared by its writer and its reader. Little-endian, every
 * array on a multiple of four bytes from the start of the section:
 *
 *   header · tables[n_levels][VOLANT_N_SHEETS] · features · parts (+ 1) · points · boxes · strings
 *
 * A table names a run of features of one level and sheet, sorted along a Hilbert curve, and the
 * boxes over them: a packed R-tree (Kamel and Faloutsos, VLDB 1993) with NODE_SIZE children a node
 * whose children are found by arithmetic. Boxes of the lowest row come first. */

G_BEGIN_DECLS

#define VOLANT_DRAWING_MAGIC 0x31575244u /* "DRW1" */
#define VOLANT_DRAWING_VERSION 1u
#define VOLANT_DRAWING_N_LEVELS 4u
#define VOLANT_DRAWING_NODE_BITS 4u
#define VOLANT_DRAWING_NODE_SIZE (1u << VOLANT_DRAWING_NODE_BITS)

/* The highest zoom each level serves; the last is for all above. */
static const uint8_t volant_drawing_level_max_zoom[VOLANT_DRAWING_N_LEVELS] = { 11, 13, 15, 255 };

typedef struct {
  uint32_t first_feature;
  uint32_t n_features;
  uint32_t first_box;
  uint32_t n_boxes;
} VolantDrawingTable;

typedef struct {
  uint32_t magic;
  uint32_t version;
  VolantDrawingBox box;
  uint32_t n_levels;
  uint32_t n_features;
  uint32_t n_parts;
  uint32_t n_points;
  uint32_t n_boxes;
  uint32_t strings_size; /* the last byte is 0 */
  VolantDrawingTable tables[VOLANT_DRAWING_N_LEVELS][VOLANT_N_SHEETS];
} VolantDrawingHeader;

/* Boxes over n features, all rows together. */
static inline uint32_t
volant_drawing_count_boxes (uint32_t n_features)
{
  uint32_t total = 0;

  for (uint32_t row = n_features; row > 1;)
    {
      row = (row + VOLANT_DRAWING_NODE_SIZE - 1) >> VOLANT_DRAWING_NODE_BITS;
      total += row;
    }
  return total;
}

static inline uint32_t
volant_drawing_level_of_zoom (unsigned zoom)
{
  uint32_t level = 0;

  while (level + 1 < VOLANT_DRAWING_N_LEVELS && zoom > volant_drawing_level_max_zoom[level])
    level++;
  return level;
}

G_END_DECLS
