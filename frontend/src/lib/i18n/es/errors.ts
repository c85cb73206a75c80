import type en from '../en/errors';
import type { Translation } from '../types';

const errors: Translation<typeof en> = {
  network: 'Sin conexión con Gatehouse. No se ha cambiado nada. Vuelva a intentarlo.',
  offline: 'Está sin conexión. Lo que ve puede estar desactualizado.',
  rateLimited: { one: 'Demasiados intentos. Espere {count} minuto y vuelva a intentarlo.', other: 'Demasiados intentos. Espere {count} minutos y vuelva a intentarlo.' },
  internal: 'Gatehouse no pudo hacerlo. Vuelva a intentarlo en un momento.',
  requestId: 'Indique este número a un administrador: {id}',
  badInput: 'Gatehouse no entiende esta petición. Recargue la página.',
  forbidden: 'No tiene permiso para hacerlo. Un administrador puede dárselo.',
  unauthenticated: 'Ha cerrado la sesión. Vuelva a iniciarla.',
  forbiddenTitle: 'No puede ver esto',
  forbiddenText: 'Sus roles no incluyen esto. Un administrador puede cambiarlo.',
  notFoundTitle: 'Aquí no hay nada',
  notFoundText: 'La dirección no es correcta, o lo que había aquí ya no está.',
  goHome: 'Ir a Inicio',
  notDone: 'No se pudo hacer',
  failedTitle: 'No se pudo mostrar',
};

export default errors;
