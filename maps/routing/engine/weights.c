/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/weights-core.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

/* Customization is a min-plus factorization of the sparse matrix of arc costs, block by block from
 * the leaves of the tree (as supernodal Cholesky: Ng and Peyton 1993): first within the block, then
 * from its rows into those of the blocks above that it reaches. */

#define MOST_THREADS 16
#define N_TASKS_A_THREAD 3
#define LEAST_PARALLEL_SLOTS 20000
/* Blocks of at most this many columns and nodes are passed on one cost at a time. */
#define NARROW_WIDTH 3
#define NARROW_NODES 2
/* How far ahead costs, which lie in another order than the slots, are asked for. */
#define FETCH_AHEAD 24

typedef struct {
  VolantWeights weights; /* first: it is what others see */
  size_t size; /* of one mapping with both arrays */
} Weights;

/* Huge pages keep the translation of addresses out of a query's way. */
static uint32_t *
map_memory (size_t size)
{
  void *memory = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (memory == MAP_FAILED)
    g_error ("no memory for %zu bytes of routing weights", size);
#ifdef MADV_HUGEPAGE
  madvise (memory, size, MADV_HUGEPAGE);
#endif
  return memory;
}

/* The first of the sorted arcs at a slot or after it. */
static uint32_t
find_sorted (const VolantTopology *topology, uint32_t slot)
{
  uint32_t low = 0, high = topology->n_arcs;

  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;

      if ((topology->sorted_places[middle] & ~VOLANT_ARC_DOWN) < slot)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

void
volant_weights_set_arcs (VolantWeights *self, const VolantKernels *kernels,
                         const uint32_t *costs, uint32_t first_slot, uint32_t end_slot)
{
  const VolantTopology *topology = self->topology;
  uint32_t last = topology->n_arcs > 0 ? topology->n_arcs - 1 : 0;

  kernels->fill (self->up + first_slot, end_slot - first_slot);
  kernels->fill (self->down + first_slot, end_slot - first_slot);
  memset (self->up_codes + first_slot, 0, (end_slot - first_slot) * sizeof (uint16_t));
  memset (self->down_codes + first_slot, 0, (end_slot - first_slot) * sizeof (uint16_t));
  for (uint32_t i = find_sorted (topology, first_slot); i <= last && topology->n_arcs > 0; i++)
    {
      uint32_t arc = topology->sorted_arcs[i], place = topology->sorted_places[i];
      uint32_t *side = place & VOLANT_ARC_DOWN ? self->down : self->up;
      uint32_t slot = place & ~VOLANT_ARC_DOWN;

      __builtin_prefetch (&costs[topology->sorted_arcs[MIN (i + FETCH_AHEAD, last)]]);
      if (slot >= end_slot)
        break; /* loops stand at the end */
      side[slot] = MIN (side[slot], costs[arc]);
    }
}

VolantSides
volant_weights_get_sides (VolantWeights *self)
{
  return (VolantSides) { .up = self->up,
                         .down = self->down,
                         .up_codes = self->up_codes,
                         .down_codes = self->down_codes };
}

/* Every node by way of those below it in the same block. */
static void
close_block (const VolantKernels *kernels, const VolantBlock *block, VolantTarget rows)
{
  uint32_t width = block->width;

  for (uint32_t level = block->n_nodes; level-- > 1;)
    {
      uint32_t row = level * width + level * (level - 1) / 2;

      for (uint32_t above = 0; above < level; above++)
        {
          uint32_t target = above * width + above * (above - (above > 0)) / 2;
          uint32_t to = rows.down[row + width + above], from = rows.up[row + width + above];

          if (to < VOLANT_COST_LIMIT)
            kernels->relax (rows.up + target, rows.up_codes + target, rows.up + row, width + above, to,
                            VOLANT_CODE_DEEPER);
          if (from < VOLANT_COST_LIMIT)
            kernels->relax (rows.down + target, rows.down_codes + target, rows.down + row,
                            width + above, from, VOLANT_CODE_DEEPER);
        }
    }
}

/* Every node by way of those above it in the same block: so a query need not wait for one level to
 * relax the next. */
static void
open_block (const VolantKernels *kernels, const VolantBlock *block, VolantTarget rows)
{
  uint32_t width = block->width;

  for (uint32_t level = 1; level < block->n_nodes; level++)
    {
      uint32_t row = level * width + level * (level - 1) / 2;

      for (uint32_t above = level; above-- > 0;)
        {
          uint32_t other = above * width + above * (above - (above > 0)) / 2;
          uint32_t to = rows.up[row + width + above], from = rows.down[row + width + above];

          if (to < VOLANT_COST_LIMIT)
            kernels->relax (rows.up + row, rows.up_codes + row, rows.up + other, width + above, to,
                            VOLANT_CODE_HIGHER);
          if (from < VOLANT_COST_LIMIT)
            kernels->relax (rows.down + row, rows.down_codes + row, rows.down + other,
                            width + above, from, VOLANT_CODE_HIGHER);
        }
    }
}

void
volant_weights_finish_block (const VolantKernels *kernels, const VolantBlock *block,
                             VolantTarget rows)
{
  if (block->n_nodes == 1)
    return;
  close_block (kernels, block, rows);
  open_block (kernels, block, rows);
}

/* What kernels->pass_up does, for a block of few and narrow rows, where vectors would be empty for
 * the most part. */
static void
pass_up_narrow (const VolantTopology *topology, const VolantBlock *block, const VolantSides *sides)
{
  const VolantRun *runs = topology->runs + block->first_run;
  const VolantBlockLink *link = topology->links + block->first_link;
  uint32_t depths[NARROW_WIDTH], offsets[NARROW_WIDTH];
  uint32_t column = 0;

  for (uint32_t i = 0; i < block->n_runs; i++)
    for (uint32_t k = 0; k < runs[i].length; k++)
      depths[column++] = runs[i].depth + k;
  for (; column > 1; link++)
    {
      const VolantBlock *upper = &topology->blocks[link->block];
      VolantTarget target = volant_sides_target (sides, link->block, upper);
      const uint16_t *run_offsets = topology->offsets + link->first_offset;
      uint16_t code = topology->link_codes[link - topology->links];

      for (uint32_t i = 0, filled = 0; filled + 1 < column; i++)
        for (uint32_t k = 0; k < runs[i].length && filled + 1 < column; k++)
          offsets[filled++] = run_offsets[i] + k;
      for (; column > 1 && depths[column - 1] >= upper->top_depth; column--)
        {
          uint32_t level = depths[column - 1] - upper->top_depth;
          uint32_t row = level * upper->width + level * (level - (level > 0)) / 2;
          const uint32_t *up = sides->up + block->first_slot;
          const uint32_t *down = sides->down + block->first_slot;

          for (uint32_t t = 0; t < block->n_nodes; up += block->width + t,
                        down += block->width + t, t++)
            for (uint32_t i = 0; i + 1 < column; i++)
              {
                uint32_t slot = row + offsets[i];
                uint32_t a = down[column - 1] + up[i], b = up[column - 1] + down[i];

                uint32_t c = target.up[slot], d = target.down[slot];

                target.up_codes[slot] = a < c ? code : target.up_codes[slot];
                target.up[slot] = MIN (a, c);
                target.down_codes[slot] = b < d ? code : target.down_codes[slot];
                target.down[slot] = MIN (b, d);
              }
        }
    }
}

static void
customize_blocks (const VolantTopology *topology, const VolantSides *sides, uint32_t first,
                  uint32_t end)
{
  const VolantKernels *kernels = volant_kernels_get ();

  for (uint32_t i = first; i < end; i++)
    {
      const VolantBlock *block = &topology->blocks[i];
      VolantTarget rows = volant_sides_target (sides, i, block);

      volant_weights_finish_block (kernels, block, rows);
      if (block->width <= NARROW_WIDTH && block->n_nodes <= NARROW_NODES)
        pass_up_narrow (topology, block, sides);
      else
        kernels->pass_up (topology, block, sides, NULL);
    }
}

/* Trees of blocks that threads take in turn, and the blocks above them all. */
typedef struct {
  uint32_t root;
  uint64_t work;
} Task;

typedef struct {
  VolantWeights *weights;
  const uint32_t *costs;
  unsigned n_threads;
  GArray *tasks;        /* Task, most work first */
  GArray *tops;         /* uint32_t: blocks above all tasks, children first */
  uint32_t *own_slots;  /* see VolantSides */
  uint32_t n_own_slots;
  uint32_t *copies[MOST_THREADS];      /* up, then down */
  uint16_t *copy_codes[MOST_THREADS];  /* likewise */
  atomic_uint next_task;
  atomic_uint next_thread;
  pthread_barrier_t arcs_set;
} Team;

static uint64_t
work_of_block (const VolantBlock *block)
{
  uint64_t row = block->width + block->n_nodes / 2;

  return 16 + block->n_nodes * row * (row + 4);
}

static int
compare_tasks (const void *a, const void *b)
{
  uint64_t first = ((const Task *) a)->work, second = ((const Task *) b)->work;

  return first > second ? -1 : first < second;
}

static int
compare_blocks (const void *a, const void *b)
{
  uint32_t first = *(const uint32_t *) a, second = *(const uint32_t *) b;

  return first < second ? -1 : first > second;
}

/* The trees hanging from a block, its own or all where it is n_blocks. */
static void
add_trees_below (Team *team, const uint64_t *work, uint32_t block)
{
  const VolantTopology *topology = team->weights->topology;
  uint32_t least = block < topology->n_blocks ? block - topology->blocks[block].n_below : 0;

  for (uint32_t end = block; end > least;)
    {
      uint32_t root = end - 1, first = root - topology->blocks[root].n_below;
      Task task = { root, work[root + 1] - work[first] };

      g_array_append_val (team->tasks, task);
      end = first;
    }
}

/* Trees are split from the top until none is too much for one thread. */
static void
divide_work (Team *team)
{
  const VolantTopology *topology = team->weights->topology;
  g_autofree uint64_t *work = g_new (uint64_t, (size_t) topology->n_blocks + 1);
  uint64_t most;

  work[0] = 0;
  for (uint32_t i = 0; i < topology->n_blocks; i++)
    work[i + 1] = work[i] + work_of_block (&topology->blocks[i]);
  most = work[topology->n_blocks] / (team->n_threads * N_TASKS_A_THREAD) + 1;
  add_trees_below (team, work, topology->n_blocks);
  for (unsigned i = 0; i < team->tasks->len;)
    {
      Task task = g_array_index (team->tasks, Task, i);

      if (task.work <= most)
        {
          i++;
          continue;
        }
      g_array_remove_index_fast (team->tasks, i);
      g_array_append_val (team->tops, task.root);
      add_trees_below (team, work, task.root);
    }
  g_array_sort (team->tasks, compare_tasks);
  g_array_sort (team->tops, compare_blocks);
}

static uint32_t
count_slots (const VolantBlock *block)
{
  return block[1].first_slot - block->first_slot;
}

static void
lay_copies (Team *team)
{
  const VolantTopology *topology = team->weights->topology;

  team->own_slots = g_new (uint32_t, (size_t) topology->n_blocks + 1);
  memset (team->own_slots, 0xff, topology->n_blocks * sizeof (uint32_t));
  team->n_own_slots = 0;
  for (unsigned i = 0; i < team->tops->len; i++)
    {
      uint32_t block = g_array_index (team->tops, uint32_t, i);

      team->own_slots[block] = team->n_own_slots;
      team->n_own_slots += count_slots (&topology->blocks[block]);
    }
  team->n_own_slots += VOLANT_KERNEL_SLACK;
  for (unsigned i = 0; i < team->n_threads; i++)
    {
      team->copies[i] = g_new (uint32_t, 2 * (size_t) team->n_own_slots);
      team->copy_codes[i] = g_new (uint16_t, 2 * (size_t) team->n_own_slots);
    }
}

static void *
work_on_tasks (void *data)
{
  Team *team = data;
  const VolantKernels *kernels = volant_kernels_get ();
  const VolantTopology *topology = team->weights->topology;
  unsigned thread = atomic_fetch_add (&team->next_thread, 1), next;
  uint32_t share = topology->n_slots / team->n_threads;
  uint32_t n_own = team->n_own_slots;
  VolantSides sides = {
    .up = team->weights->up,
    .down = team->weights->down,
    .up_codes = team->weights->up_codes,
    .down_codes = team->weights->down_codes,
    .own_slots = team->own_slots,
    .own_up = team->copies[thread],
    .own_down = team->copies[thread] + n_own,
    .own_up_codes = team->copy_codes[thread],
    .own_down_codes = team->copy_codes[thread] + n_own,
  };

  kernels->fill (team->copies[thread], 2 * n_own);
  volant_weights_set_arcs (team->weights, kernels, team->costs, thread * share,
            thread + 1 < team->n_threads ? (thread + 1) * share : topology->n_slots);
  pthread_barrier_wait (&team->arcs_set);
  while ((next = atomic_fetch_add (&team->next_task, 1)) < team->tasks->len)
    {
      uint32_t root = g_array_index (team->tasks, Task, next).root;

      customize_blocks (topology, &sides, root - topology->blocks[root].n_below, root + 1);
    }
  return NULL;
}

/* What the threads found for the rows above, and then those rows themselves. */
static void
finish_tops (Team *team)
{
  const VolantTopology *topology = team->weights->topology;
  const VolantKernels *kernels = volant_kernels_get ();
  VolantSides sides = volant_weights_get_sides (team->weights);

  for (unsigned i = 0; i < team->tops->len; i++)
    {
      uint32_t index = g_array_index (team->tops, uint32_t, i), own = team->own_slots[index];
      const VolantBlock *block = &topology->blocks[index];

      for (unsigned k = 0; k < team->n_threads; k++)
        {
          uint32_t *copy = team->copies[k] + own;
          uint16_t *codes = team->copy_codes[k] + own;

          kernels->merge (sides.up + block->first_slot, sides.up_codes + block->first_slot, copy,
                          codes, count_slots (block));
          kernels->merge (sides.down + block->first_slot, sides.down_codes + block->first_slot,
                          copy + team->n_own_slots, codes + team->n_own_slots,
                          count_slots (block));
        }
      customize_blocks (topology, &sides, index, index + 1);
    }
}

static void
customize_together (VolantWeights *self, const uint32_t *costs, unsigned n_threads)
{
  Team team = { .weights = self, .costs = costs, .n_threads = n_threads };
  pthread_t threads[MOST_THREADS];

  team.tasks = g_array_new (FALSE, FALSE, sizeof (Task));
  team.tops = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  atomic_init (&team.next_task, 0);
  atomic_init (&team.next_thread, 0);
  pthread_barrier_init (&team.arcs_set, NULL, n_threads);
  divide_work (&team);
  lay_copies (&team);
  for (unsigned i = 1; i < n_threads; i++)
    if (pthread_create (&threads[i], NULL, work_on_tasks, &team) != 0)
      g_error ("no thread could be started for routing weights");
  work_on_tasks (&team);
  for (unsigned i = 1; i < n_threads; i++)
    pthread_join (threads[i], NULL);
  finish_tops (&team);
  pthread_barrier_destroy (&team.arcs_set);
  for (unsigned i = 0; i < n_threads; i++)
    {
      g_free (team.copies[i]);
      g_free (team.copy_codes[i]);
    }
  g_free (team.own_slots);
  g_array_unref (team.tasks);
  g_array_unref (team.tops);
}

static void
customize_alone (VolantWeights *self, const uint32_t *costs)
{
  const VolantTopology *topology = self->topology;
  VolantSides sides = volant_weights_get_sides (self);

  volant_weights_set_arcs (self, volant_kernels_get (), costs, 0, topology->n_slots);
  customize_blocks (topology, &sides, 0, topology->n_blocks);
}

void
volant_weights_customize (VolantWeights *self, const uint32_t *costs, unsigned n_threads)
{
  if (n_threads > 1 && self->topology->n_slots >= LEAST_PARALLEL_SLOTS)
    customize_together (self, costs, MIN (n_threads, MOST_THREADS));
  else
    customize_alone (self, costs);
}

static VolantWeights *
allocate (const VolantTopology *topology)
{
  Weights *self = g_new0 (Weights, 1);
  size_t slots = (size_t) topology->n_slots + VOLANT_KERNEL_SLACK;

  self->size = 2 * slots * (sizeof (uint32_t) + sizeof (uint16_t));
  self->weights.topology = topology;
  self->weights.up = map_memory (self->size);
  self->weights.down = self->weights.up + slots;
  self->weights.up_codes = (uint16_t *) (self->weights.down + slots);
  self->weights.down_codes = self->weights.up_codes + slots;
  return &self->weights;
}

VolantWeights *
volant_weights_new (const VolantTopology *topology, const uint32_t *costs, unsigned n_threads)
{
  VolantWeights *self = allocate (topology);

  volant_weights_customize (self, costs, n_threads);
  return self;
}

VolantWeights *
volant_weights_copy (const VolantWeights *weights)
{
  VolantWeights *copy = allocate (weights->topology);

  memcpy (copy->up, weights->up, ((const Weights *) weights)->size);
  return copy;
}

void
volant_weights_free (VolantWeights *weights)
{
  Weights *self = (Weights *) weights;

  if (weights == NULL)
    return;
  munmap (weights->up, self->size);
  g_free (self);
}

size_t
volant_weights_get_size (const VolantWeights *weights)
{
  return ((const Weights *) weights)->size;
}
