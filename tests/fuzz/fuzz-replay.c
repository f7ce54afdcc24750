/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <string.h>

/* Feeds a fuzz target its seeds and deterministic mutations of them: flipped bits, other bytes,
 * cuts, doubled and missing pieces. "--write FOLDER" writes the seeds instead, as a corpus for
 * libFuzzer. */

#define N_MUTATIONS 300

static void
on_seed (const void *data, size_t size, void *user_data)
{
  g_ptr_array_add (user_data, g_bytes_new (data, size));
}

/* A copy of the seed that is wrong in one to eight places. */
static GByteArray *
mutate (GRand *chance, GBytes *seed)
{
  GByteArray *copy = g_byte_array_new ();
  unsigned n_changes = (unsigned) g_rand_int_range (chance, 1, 9);

  g_byte_array_append (copy, g_bytes_get_data (seed, NULL), (unsigned) g_bytes_get_size (seed));
  for (unsigned i = 0; i < n_changes && copy->len > 0; i++)
    {
      unsigned at = (unsigned) g_rand_int_range (chance, 0, (int) copy->len);
      unsigned length = (unsigned) g_rand_int_range (chance, 1, 17);
      uint8_t piece[16];

      length = MIN (length, copy->len - at);
      switch (g_rand_int_range (chance, 0, 5))
        {
        case 0:
          copy->data[at] ^= (uint8_t) (1 << g_rand_int_range (chance, 0, 8));
          break;
        case 1:
          copy->data[at] = (uint8_t) g_rand_int_range (chance, 0, 256);
          break;
        case 2:
          g_byte_array_remove_range (copy, at, length);
          break;
        case 3:
          memcpy (piece, copy->data + at, length);
          g_byte_array_append (copy, piece, length);
          break;
        default:
          if (i == 0)
            g_byte_array_set_size (copy, at);
          else
            copy->data[at] = 0xff;
        }
    }
  return copy;
}

/* In an allocation of just that size, so that a sanitizer sees a read past the end. */
static void
feed (const void *data, size_t size)
{
  g_autofree uint8_t *exact = g_malloc (MAX (size, 1));

  if (size > 0)
    memcpy (exact, data, size);
  LLVMFuzzerTestOneInput (exact, size);
}

static int
write_seeds (GPtrArray *seeds, const char *folder)
{
  for (unsigned i = 0; i < seeds->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("seed-%03u", i);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      size_t size;
      const char *data = g_bytes_get_data (seeds->pdata[i], &size);

      if (!g_file_set_contents (path, data, (gssize) size, NULL))
        return 1;
    }
  return 0;
}

static void
test_seeds (const void *data)
{
  const GPtrArray *seeds = data;

  for (unsigned i = 0; i < seeds->len; i++)
    feed (g_bytes_get_data (seeds->pdata[i], NULL), g_bytes_get_size (seeds->pdata[i]));
}

static void
test_mutations (const void *data)
{
  const GPtrArray *seeds = data;
  g_autoptr (GRand) chance = g_rand_new_with_seed (2026);

  for (unsigned i = 0; i < seeds->len; i++)
    for (unsigned k = 0; k < N_MUTATIONS; k++)
      {
        g_autoptr (GByteArray) copy = mutate (chance, seeds->pdata[i]);

        feed (copy->data, copy->len);
      }
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  volant_fuzz_seeds (on_seed, seeds);
  if (argc == 3 && strcmp (argv[1], "--write") == 0)
    return write_seeds (seeds, argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/fuzz/seeds", seeds, test_seeds);
  g_test_add_data_func ("/fuzz/mutations", seeds, test_mutations);
  return g_test_run ();
}
