/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/turns-build.h"
#include "maps/routing/turns-format.h"
#include "tests/unit/routing/text-map.h"

#include <string.h>

/* Turns on small maps: which way is found shows which turns are there. */

static const char cross[] = "    t     \n"
                            "          \n"
                            "a---b---c \n"
                            "          \n"
                            "    d   e \n";

static void
assert_way (TextMap *map, VolantMode mode, const char *from_to, const char *expected)
{
  g_autofree char *letters = text_map_way (map, mode, from_to[0], from_to[1], NULL);

  g_assert_cmpstr (letters, ==, expected);
}

static void
test_no_turn (void)
{
  g_autoptr (TextMap) map = text_map_new (
    cross, (const char *[]) { "way abc residential", "way tbd residential", "no abd modes=car",
                              NULL });

  assert_way (map, VOLANT_MODE_CAR, "ac", "abc");
  assert_way (map, VOLANT_MODE_CAR, "ad", "abtbd"); /* turns round in the dead end t */
  assert_way (map, VOLANT_MODE_CAR, "td", "tbd");
  assert_way (map, VOLANT_MODE_BUS, "ad", "abd");
  assert_way (map, VOLANT_MODE_FOOT, "ad", "abd");
}

static void
test_only_turn (void)
{
  g_autoptr (TextMap) map = text_map_new (
    cross, (const char *[]) { "way abc residential", "way tbd residential", "only abc", NULL });

  assert_way (map, VOLANT_MODE_CAR, "ac", "abc");
  assert_way (map, VOLANT_MODE_CAR, "ad", "abcbd");
  assert_way (map, VOLANT_MODE_CAR, "at", "abcbt");
  assert_way (map, VOLANT_MODE_BUS, "ad", "abcbd");
  assert_way (map, VOLANT_MODE_CAR, "ca", "cba");
}

static void
test_no_turn_via_way (void)
{
  /* Forbidden is abce; abcd and tbce are not. */
  g_autoptr (TextMap) map = text_map_new (
    "    t        \n"
    "a---b---c---d\n"
    "        e    \n",
    (const char *[]) { "way abcd residential", "way tb residential", "way ce residential",
                       "no abce", NULL });

  assert_way (map, VOLANT_MODE_CAR, "ad", "abcd");
  assert_way (map, VOLANT_MODE_CAR, "te", "tbce");
  assert_way (map, VOLANT_MODE_CAR, "be", "bce");
  assert_way (map, VOLANT_MODE_CAR, "ae", "abcdce"); /* turns round in the dead end d first */
  assert_way (map, VOLANT_MODE_FOOT, "ae", "abce");
}

static void
test_only_turn_via_way (void)
{
  g_autoptr (TextMap) map = text_map_new (
    "    t        \n"
    "a---b---c---d\n"
    "        e    \n",
    (const char *[]) { "way abcd residential", "way tb residential", "way ce residential",
                       "only abcd", NULL });

  assert_way (map, VOLANT_MODE_CAR, "ad", "abcd");
  assert_way (map, VOLANT_MODE_CAR, "te", "tbce");
  assert_way (map, VOLANT_MODE_CAR, "ae", "abcdce");
}

/* Two restrictions that overlap: inside the first one is also at the begin of the second. */
static void
test_overlapping_via_ways (void)
{
  g_autoptr (TextMap) map = text_map_new (
    "    t   u      \n"
    "a---b---c---d--x\n"
    "        e   f  \n",
    (const char *[]) { "way abcdx residential", "way tb residential", "way uce residential",
                       "way df residential", "no abce", "no bcdf", NULL });

  assert_way (map, VOLANT_MODE_CAR, "ax", "abcdx");
  assert_way (map, VOLANT_MODE_CAR, "af", "abcdxdf");
  assert_way (map, VOLANT_MODE_CAR, "ae", "abcuce");
}

static void
test_dead_end_and_barrier (void)
{
  g_autoptr (TextMap) map = text_map_new (
    "a---b---c---d\n"
    "    e        \n",
    (const char *[]) { "way abcd residential", "way be residential", "node c barrier=car", NULL });
  uint32_t cost_ms;
  g_autofree char *blocked = text_map_way (map, VOLANT_MODE_CAR, 'a', 'd', &cost_ms);

  g_assert_cmpstr (blocked, ==, "");
  g_assert_cmpuint (cost_ms, ==, VOLANT_TIME_NEVER_MS);
  assert_way (map, VOLANT_MODE_BUS, "ad", "abcd");
  assert_way (map, VOLANT_MODE_FOOT, "ad", "abcd");
  /* One may drive up to the barrier, and turn back there; but not turn in the midst, at b. */
  assert_way (map, VOLANT_MODE_CAR, "ac", "abc");
  for (unsigned mode = VOLANT_MODE_CAR; mode <= VOLANT_MODE_BUS; mode++)
    {
      const VolantTurns *turns = volant_router_get_turns (text_map_router (map));
      uint32_t into_c = text_map_link (map, 'b', 'c'), into_b = text_map_link (map, 'a', 'b');
      bool back_at_c = false;

      for (uint32_t arc = turns->first_arc[into_c]; arc < turns->first_arc[into_c + 1]; arc++)
        back_at_c = back_at_c || (turns->heads[arc] == volant_link_reverse (into_c) &&
                                  (turns->modes[arc] & VOLANT_MODE_BIT (mode)));
      g_assert_cmpint (back_at_c, ==, mode == VOLANT_MODE_CAR);
      for (uint32_t arc = turns->first_arc[into_b]; arc < turns->first_arc[into_b + 1]; arc++)
        g_assert_cmpuint (turns->heads[arc], !=, volant_link_reverse (into_b));
    }
}

static void
test_one_way (void)
{
  g_autoptr (TextMap) map = text_map_new (
    "a---b\n"
    "     \n"
    "d---c\n",
    (const char *[]) { "way abcda residential oneway", NULL });

  assert_way (map, VOLANT_MODE_CAR, "ad", "abcd");
  assert_way (map, VOLANT_MODE_CAR, "da", "da");
  assert_way (map, VOLANT_MODE_CAR, "ba", "bcda");
  assert_way (map, VOLANT_MODE_FOOT, "ba", "ba");
}

/* Every cut and many flipped bytes of a section are refused or still fit the roads. */
static void
test_damaged_section (void)
{
  g_autoptr (TextMap) map = text_map_new (
    cross, (const char *[]) { "way abc residential", "way tbd residential", "way ce residential",
                              "no abce", NULL });
  g_autoptr (GBytes) bytes = volant_turns_build (text_map_roads (map));
  size_t size;
  const uint8_t *data = g_bytes_get_data (bytes, &size);

  for (size_t cut = 0; cut < size; cut++)
    {
      g_autoptr (GBytes) part = g_bytes_new (data, cut);
      g_autoptr (GError) error = NULL;

      g_assert_null (volant_turns_open_bytes (part, text_map_roads (map), &error));
      g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT);
    }
  for (size_t at = 0; at < size; at++)
    {
      g_autofree uint8_t *flipped = g_memdup2 (data, size);
      g_autoptr (GBytes) wrong = NULL;
      g_autoptr (VolantTurns) turns = NULL;

      flipped[at] ^= 0x41;
      wrong = g_bytes_new (flipped, size);
      turns = volant_turns_open_bytes (wrong, text_map_roads (map), NULL);
      for (uint32_t arc = 0; turns != NULL && arc < turns->n_arcs; arc++)
        g_assert_cmpuint (turns->heads[arc], <, turns->n_states);
    }
}

static void
test_other_version (void)
{
  g_autoptr (TextMap) map = text_map_new (cross, (const char *[]) { "way ab residential", NULL });
  g_autoptr (GBytes) bytes = volant_turns_build (text_map_roads (map));
  g_autoptr (GBytes) later = NULL;
  g_autoptr (GError) error = NULL;
  size_t size;
  const void *data = g_bytes_get_data (bytes, &size);
  g_autofree VolantTurnsHeader *header = g_memdup2 (data, size);

  header->version = VOLANT_TURNS_VERSION + 1;
  later = g_bytes_new (header, size);
  g_assert_null (volant_turns_open_bytes (later, text_map_roads (map), &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_UNSUPPORTED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/turns/no", test_no_turn);
  g_test_add_func ("/turns/only", test_only_turn);
  g_test_add_func ("/turns/no-via-way", test_no_turn_via_way);
  g_test_add_func ("/turns/only-via-way", test_only_turn_via_way);
  g_test_add_func ("/turns/overlapping", test_overlapping_via_ways);
  g_test_add_func ("/turns/dead-end-and-barrier", test_dead_end_and_barrier);
  g_test_add_func ("/turns/one-way", test_one_way);
  g_test_add_func ("/turns/damaged", test_damaged_section);
  g_test_add_func ("/turns/other-version", test_other_version);
  return g_test_run ();
}
