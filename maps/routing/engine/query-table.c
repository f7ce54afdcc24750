/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/labels.h"
#include "maps/routing/engine/query-core.h"

void
volant_query_table (VolantQuery *self, const VolantWeights *weights, const uint32_t *sources,
                    uint32_t n_sources, const uint32_t *targets, uint32_t n_targets,
                    uint32_t *costs)
{
  if (self->from == NULL)
    {
      self->from = volant_labels_new (self->topology, VOLANT_LABELS_FROM);
      self->to = volant_labels_new (self->topology, VOLANT_LABELS_TO);
    }
  volant_labels_set (self->from, weights, sources, n_sources);
  volant_labels_set (self->to, weights, targets, n_targets);
  volant_labels_table (self->from, self->to, costs);
}
