/* Marker pictures travel in the page, and the credit is words without a flag. */
L.Icon.Default.imagePath = '';
L.Icon.Default.mergeOptions({ iconUrl: $icon, iconRetinaUrl: $icon_2x, shadowUrl: $shadow });
L.Control.Attribution.mergeOptions({ prefix: 'Leaflet' });
