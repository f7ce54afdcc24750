/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/drawing/drawing-model.h"

/* Geometry by which loose OpenStreetMap ways become rings, a sea and long lines. */

G_BEGIN_DECLS

/* A run of points with the ids of the nodes at its ends. */
typedef struct {
  GArray *points; /* VolantDrawingPoint */
  int64_t first_node;
  int64_t last_node;
  uint64_t key;      /* only chains of one key are joined */
  bool is_directed;  /* may not be turned round */
  uint32_t user;     /* the caller's: what the chain is */
} VolantDrawingChain;

VolantDrawingChain *volant_drawing_chain_new (void);
void volant_drawing_chain_free (VolantDrawingChain *chain);

/* Joins chains end to end where exactly two of one key meet; those joined on are taken out. */
void volant_drawing_chains_join (GPtrArray *chains);
/* Joins whatever meets, key by key, until rings close: for outlines, where any pairing will do. */
void volant_drawing_chains_join_rings (GPtrArray *chains);
bool volant_drawing_chain_is_ring (const VolantDrawingChain *chain);

/* Twice the signed area in units squared; positive where the ring runs clockwise as seen with north
 * up (y grows south). */
double volant_drawing_ring_area (const VolantDrawingPoint *points, uint32_t n_points);
/* A point inside to put a name on: the centroid where it lies inside, else the middle of the widest
 * horizontal cut through it. */
VolantDrawingPoint volant_drawing_ring_centre (const VolantDrawingPoint *points,
                                               uint32_t n_points);

/* The sea as rings for the even-odd rule, from coastlines (land to their left) joined with the edges
 * of box; coastlines that end inside are led on to its edge. Element GArray of points. */
GPtrArray *volant_drawing_sea (GPtrArray *coastlines, const VolantDrawingBox *data_box,
                               const VolantDrawingBox *box);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantDrawingChain, volant_drawing_chain_free)

G_END_DECLS
