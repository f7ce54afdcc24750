/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/navigation/nearest-targets.h"
#include "tests/support.h"
#include "tests/unit/routing/text-map.h"

#include <math.h>

/* Two banks of a river: what lies across is near, and far to drive. */

static const char banks[] = "a-----------------------b\n"
                            "                        |\n"
                            "c-----------------------d\n";

typedef struct {
  bool is_done;
  GPtrArray *targets;
  GError *error;
} Answer;

static void
on_ranked (GObject *source, GAsyncResult *result, void *data)
{
  Answer *answer = data;

  answer->targets = volant_nearest_targets_finish (result, &answer->error);
  answer->is_done = true;
}

static bool
is_done (void *data)
{
  return ((Answer *) data)->is_done;
}

static GPtrArray *
stations_of (TextMap *map)
{
  GPtrArray *targets = g_ptr_array_new_with_free_func ((GDestroyNotify) volant_target_free);

  g_ptr_array_add (targets, volant_target_new ("across", "Across", text_map_near (map, 'c', 10, 0),
                                               true));
  g_ptr_array_add (targets, volant_target_new ("nowhere", "Nowhere", (VolantPoint) { 0, 0 }, true));
  g_ptr_array_add (targets, volant_target_new ("along", "Along", text_map_near (map, 'a', 120, 0),
                                               true));
  return targets;
}

static TextMap *
new_banks (void)
{
  return text_map_new (banks, (const char *[]) { "way ab residential", "way cd residential",
                                                 "way bd residential", NULL });
}

static void
test_river (void)
{
  g_autoptr (TextMap) map = new_banks ();
  g_autoptr (GPtrArray) targets = stations_of (map);
  VolantFix fix = { .valid = true, .point = text_map_near (map, 'a', 10, 0), .heading_deg = NAN,
                    .speed_mps = NAN };
  Answer answer = { false, NULL, NULL };

  volant_nearest_targets_async (text_map_router (map), &fix, targets, 9, NULL, on_ranked, &answer);
  g_assert_true (volant_test_wait (is_done, &answer, 20.0));
  g_assert_no_error (answer.error);
  g_assert_cmpuint (answer.targets->len, ==, 3);
  g_assert_cmpstr (((VolantTarget *) answer.targets->pdata[0])->id, ==, "along");
  g_assert_cmpstr (((VolantTarget *) answer.targets->pdata[1])->id, ==, "across");
  g_assert_cmpstr (((VolantTarget *) answer.targets->pdata[2])->id, ==, "nowhere");
  g_ptr_array_unref (answer.targets);
}

static void
test_refusals (void)
{
  g_autoptr (TextMap) map = new_banks ();
  g_autoptr (GPtrArray) targets = stations_of (map);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  VolantFix fix = { .valid = true, .point = { 0, 0 }, .heading_deg = NAN, .speed_mps = NAN };
  Answer answer = { false, NULL, NULL };

  volant_nearest_targets_async (text_map_router (map), &fix, targets, 1, NULL, on_ranked, &answer);
  g_assert_true (volant_test_wait (is_done, &answer, 20.0));
  g_assert_error (answer.error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_OFF_MAP);
  g_clear_error (&answer.error);
  answer.is_done = false;
  g_cancellable_cancel (cancellable);
  volant_nearest_targets_async (text_map_router (map), &fix, targets, 1, cancellable, on_ranked,
                                &answer);
  g_assert_true (volant_test_wait (is_done, &answer, 20.0));
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&answer.error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nearest-targets/river", test_river);
  g_test_add_func ("/nearest-targets/refusals", test_refusals);
  return g_test_run ();
}
