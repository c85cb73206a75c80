import type en from '../en/access';
import type { Translation } from '../types';

const access: Translation<typeof en> = {
  title: 'Puntos de acceso',
  newTitle: 'Nuevo punto de acceso',
  shut: 'cerrado',
};

export default access;
