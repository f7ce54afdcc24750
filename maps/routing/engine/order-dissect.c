/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/order-dissect.h"
#include "maps/routing/engine/order-separator.h"

#include <math.h>
#include <pthread.h>

/* Cells of at most this many nodes are not cut further; one bit a node. */
enum { MAX_LEAF_NODES = 8 };

/* Hubs have more neighbours than so many times the square root of the number of nodes. */
enum { HUB_FACTOR = 10 };

/* The cells still to be worked on, and the threads that do. */
typedef struct {
  pthread_mutex_t lock;
  pthread_cond_t changed;
  GPtrArray *cells;
  unsigned n_busy;
  uint32_t *order;
  VolantOrderWatch *watch;
} Work;

typedef struct {
  Work *work;
  VolantOrderSeparator *separator;
  GPtrArray *pieces;
} Worker;

/* Minimum degree, the node with the lowest number first among equals. */
static void
order_leaf (const VolantOrderCell *cell, uint32_t *order)
{
  uint64_t neighbours[MAX_LEAF_NODES] = { 0 }, present;
  uint32_t n = cell->n_nodes;

  for (uint32_t node = 0; node < n; node++)
    for (uint32_t a = cell->first[node]; a < cell->first[node + 1]; a++)
      neighbours[node] |= UINT64_C (1) << cell->heads[a];
  present = (UINT64_C (1) << n) - 1;
  for (uint32_t k = 0; k < n; k++)
    {
      int best = -1, best_degree = MAX_LEAF_NODES;

      for (uint64_t rest = present; rest != 0; rest &= rest - 1)
        {
          int node = __builtin_ctzll (rest), degree = __builtin_popcountll (neighbours[node]);

          if (degree < best_degree)
            {
              best = node;
              best_degree = degree;
            }
        }
      order[k] = cell->ids[best];
      present &= ~(UINT64_C (1) << best);
      for (uint64_t rest = neighbours[best]; rest != 0; rest &= rest - 1)
        {
          int node = __builtin_ctzll (rest);

          neighbours[node] |= neighbours[best];
          neighbours[node] &= ~(UINT64_C (1) << best) & ~(UINT64_C (1) << node);
        }
    }
}

static void
keep_piece (VolantOrderCell *piece, gpointer user_data)
{
  g_ptr_array_add (user_data, piece);
}

/* Orders cell, or cuts it and appends its pieces to self->pieces. */
static void
dissect_cell (Worker *self, VolantOrderCell *cell)
{
  uint32_t *order = self->work->order + cell->begin, n = cell->n_nodes, n_separator;
  g_autofree bool *is_gone = NULL;
  g_autofree uint32_t *room = NULL;
  const uint32_t *separator;

  if (n <= MAX_LEAF_NODES)
    {
      order_leaf (cell, order);
      return;
    }
  n_separator = volant_order_separator_find (self->separator, cell, &separator);
  if (n_separator == 0)
    {
      for (uint32_t k = 0; k < n; k++)
        order[k] = cell->ids[k];
      return;
    }
  is_gone = g_new0 (bool, n);
  room = g_new (uint32_t, 2 * (gsize) n);
  for (uint32_t k = 0; k < n_separator; k++)
    {
      is_gone[separator[k]] = true;
      order[n - n_separator + k] = cell->ids[separator[k]];
    }
  volant_order_cell_split (cell, is_gone, room, keep_piece, self->pieces);
}

/* Nodes that are in no piece have their place. */
static void
count_ordered (const Worker *self, unsigned n_nodes)
{
  for (guint k = 0; k < self->pieces->len; k++)
    n_nodes -= ((VolantOrderCell *) g_ptr_array_index (self->pieces, k))->n_nodes;
  atomic_fetch_add (&self->work->watch->n_ordered, n_nodes);
}

static void *
work_thread (void *data)
{
  Worker *self = data;
  Work *work = self->work;

  pthread_mutex_lock (&work->lock);
  for (;;)
    {
      VolantOrderCell *cell;

      while (work->cells->len == 0 && work->n_busy > 0)
        pthread_cond_wait (&work->changed, &work->lock);
      if (work->cells->len == 0)
        break;
      cell = g_ptr_array_steal_index (work->cells, work->cells->len - 1);
      work->n_busy++;
      pthread_mutex_unlock (&work->lock);
      if (!atomic_load (&work->watch->is_stopped))
        dissect_cell (self, cell);
      count_ordered (self, cell->n_nodes);
      volant_order_cell_free (cell);
      pthread_mutex_lock (&work->lock);
      for (guint k = 0; k < self->pieces->len; k++)
        g_ptr_array_add (work->cells, g_ptr_array_index (self->pieces, k));
      g_ptr_array_set_size (self->pieces, 0);
      work->n_busy--;
      pthread_cond_broadcast (&work->changed);
    }
  pthread_mutex_unlock (&work->lock);
  return NULL;
}

static void
worker_init (Worker *self, Work *work)
{
  self->work = work;
  self->separator = volant_order_separator_new ();
  self->pieces = g_ptr_array_new ();
}

static void
worker_clear (Worker *self)
{
  volant_order_separator_free (self->separator);
  g_ptr_array_unref (self->pieces);
}

/* Nodes next to very many others would lie beside every separator, so that none were small: they
 * come last of all, as rows like theirs do in sparse matrices (Amestoy, Davis, Duff 2004). Returns
 * how many there are. */
static uint32_t
take_hubs (const VolantOrderCell *cell, bool *is_gone, uint32_t *order)
{
  double limit = HUB_FACTOR * sqrt ((double) cell->n_nodes);
  uint32_t end = cell->begin + cell->n_nodes;

  for (uint32_t node = 0; node < cell->n_nodes; node++)
    if (cell->first[node + 1] - cell->first[node] > limit)
      {
        is_gone[node] = true;
        order[--end] = cell->ids[node];
      }
  return cell->begin + cell->n_nodes - end;
}

bool
volant_order_dissect (VolantOrderCell *cell, uint32_t *order, unsigned n_threads,
                      VolantOrderWatch *watch)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();
  g_autofree Worker *workers = g_new (Worker, n_threads);
  g_autofree pthread_t *threads = g_new (pthread_t, n_threads);
  g_autofree bool *is_gone = g_new0 (bool, (gsize) cell->n_nodes + 1);
  g_autofree uint32_t *room = g_new (uint32_t, 2 * (gsize) cell->n_nodes + 1);
  Work work = { .cells = cells, .order = order, .watch = watch };

  pthread_mutex_init (&work.lock, NULL);
  pthread_cond_init (&work.changed, NULL);
  atomic_fetch_add (&watch->n_ordered, take_hubs (cell, is_gone, order));
  volant_order_cell_split (cell, is_gone, room, keep_piece, cells);
  volant_order_cell_free (cell);
  for (unsigned k = 0; k < n_threads; k++)
    worker_init (&workers[k], &work);
  for (unsigned k = 1; k < n_threads; k++)
    if (pthread_create (&threads[k], NULL, work_thread, &workers[k]) != 0)
      {
        for (unsigned l = k; l < n_threads; l++)
          worker_clear (&workers[l]);
        n_threads = k;
      }
  work_thread (&workers[0]);
  for (unsigned k = 1; k < n_threads; k++)
    pthread_join (threads[k], NULL);
  for (unsigned k = 0; k < n_threads; k++)
    worker_clear (&workers[k]);
  pthread_cond_destroy (&work.changed);
  pthread_mutex_destroy (&work.lock);
  return !atomic_load (&watch->is_stopped);
}
