import type en from '../en/users';
import type { Translation } from '../types';

const users: Translation<typeof en> = {
  title: 'Usuarios',
  deactivated: 'Desactivado',
};

export default users;
