/** A point on the map, in degrees. Two points are compared in one datum, whichever it is. */
export interface Point {
  readonly longitude: number
  readonly latitude: number
}

/** Mean radius of the earth in metres, as the IUGG states it. */
const EARTH_RADIUS_M = 6_371_008.8

/**
 * How far two points are from each other, by the haversine formula: on a sphere, and so exact to half a per cent anywhere and to a metre
 * within some hundred.
 *
 * @returns metres
 */
export function metresBetween(a: Point, b: Point): number {
  const [north, south] = [radians(a.latitude), radians(b.latitude)]
  const haversine =
    Math.sin((north - south) / 2) ** 2 + Math.cos(north) * Math.cos(south) * Math.sin(radians(a.longitude - b.longitude) / 2) ** 2
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(haversine)))
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180
}
