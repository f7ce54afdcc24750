/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/position/position-simulation.h"

/* Follows the simulated car's "moved". */

#define ACCURACY_M 3.0

struct _VolantPositionSimulation {
  GObject parent_instance;

  VolantVehicleSimulation *vehicle;
  bool blind;
};

static void volant_position_simulation_position_init (VolantPositionInterface *iface);

G_DEFINE_TYPE_WITH_CODE (VolantPositionSimulation, volant_position_simulation, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (VOLANT_TYPE_POSITION,
                                                volant_position_simulation_position_init))

static void
on_moved (VolantPositionSimulation *self)
{
  if (!self->blind)
    g_signal_emit_by_name (self, "changed");
}

static void
volant_position_simulation_get_fix (VolantPosition *position, VolantFix *fix)
{
  VolantPositionSimulation *self = VOLANT_POSITION_SIMULATION (position);
  VolantDriveState state;

  fix->at_us = g_get_monotonic_time ();
  if (self->blind)
    return;
  volant_vehicle_simulation_get_drive (self->vehicle, &state);
  fix->valid = true;
  fix->point = state.point;
  fix->heading_deg = state.heading_deg;
  fix->speed_mps = state.speed_mps;
  fix->accuracy_m = ACCURACY_M;
}

static void
volant_position_simulation_dispose (GObject *object)
{
  VolantPositionSimulation *self = VOLANT_POSITION_SIMULATION (object);

  g_clear_object (&self->vehicle);
  G_OBJECT_CLASS (volant_position_simulation_parent_class)->dispose (object);
}

static void
volant_position_simulation_class_init (VolantPositionSimulationClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = volant_position_simulation_dispose;
}

static void
volant_position_simulation_position_init (VolantPositionInterface *iface)
{
  iface->get_fix = volant_position_simulation_get_fix;
}

static void
volant_position_simulation_init (VolantPositionSimulation *self)
{
}

VolantPositionSimulation *
volant_position_simulation_new (VolantVehicleSimulation *vehicle)
{
  VolantPositionSimulation *self = g_object_new (VOLANT_TYPE_POSITION_SIMULATION, NULL);

  self->vehicle = g_object_ref (vehicle);
  g_signal_connect_object (vehicle, "moved", G_CALLBACK (on_moved), self, G_CONNECT_SWAPPED);
  return self;
}

void
volant_position_simulation_set_blind (VolantPositionSimulation *self, bool blind)
{
  if (self->blind == blind)
    return;
  self->blind = blind;
  g_signal_emit_by_name (self, "changed");
}
