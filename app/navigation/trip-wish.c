/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/navigation/trip-wish.h"

/* Blocked streets lie in one array, as the router takes them; beside it stands where each begins. */

VolantTripWish *
volant_trip_wish_new (void)
{
  VolantTripWish *self = g_new0 (VolantTripWish, 1);

  self->blocked = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  self->block_sizes = g_array_new (FALSE, FALSE, sizeof (unsigned));
  self->stops = g_array_new (FALSE, FALSE, sizeof (VolantPoint));
  return self;
}

VolantTripWish *
volant_trip_wish_copy (const VolantTripWish *wish)
{
  VolantTripWish *copy = g_new0 (VolantTripWish, 1);

  copy->avoid = wish->avoid;
  copy->blocked = g_array_copy (wish->blocked);
  copy->block_sizes = g_array_copy (wish->block_sizes);
  copy->stops = g_array_copy (wish->stops);
  return copy;
}

void
volant_trip_wish_free (VolantTripWish *wish)
{
  if (wish == NULL)
    return;
  g_array_unref (wish->blocked);
  g_array_unref (wish->block_sizes);
  g_array_unref (wish->stops);
  g_free (wish);
}

void
volant_trip_wish_block (VolantTripWish *wish, const GArray *links)
{
  if (links->len == 0)
    return;
  g_array_append_vals (wish->blocked, links->data, links->len);
  g_array_append_val (wish->block_sizes, links->len);
}

bool
volant_trip_wish_open (VolantTripWish *wish)
{
  unsigned last = wish->block_sizes->len;

  if (last == 0)
    return false;
  g_array_set_size (wish->blocked,
                    wish->blocked->len - g_array_index (wish->block_sizes, unsigned, last - 1));
  g_array_set_size (wish->block_sizes, last - 1);
  return true;
}

void
volant_trip_wish_add_stop (VolantTripWish *wish, VolantPoint stop)
{
  g_array_append_val (wish->stops, stop);
}

bool
volant_trip_wish_remove_stop (VolantTripWish *wish)
{
  if (wish->stops->len == 0)
    return false;
  g_array_set_size (wish->stops, wish->stops->len - 1);
  return true;
}

void
volant_trip_wish_pass_stop (VolantTripWish *wish)
{
  if (wish->stops->len > 0)
    g_array_remove_index (wish->stops, 0);
}

void
volant_trip_wish_end_trip (VolantTripWish *wish)
{
  g_array_set_size (wish->blocked, 0);
  g_array_set_size (wish->block_sizes, 0);
  g_array_set_size (wish->stops, 0);
}

void
volant_trip_wish_apply (const VolantTripWish *wish, VolantRouteWish *asked)
{
  asked->avoid = wish->avoid;
  asked->blocked = (const uint32_t *) (void *) wish->blocked->data;
  asked->n_blocked = wish->blocked->len;
  asked->vias = (const VolantPoint *) (void *) wish->stops->data;
  asked->n_vias = wish->stops->len;
}
