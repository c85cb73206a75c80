import type en from '../en/newUser';
import type { Translation } from '../types';

const newUser: Translation<typeof en> = {
  title: 'Neuer Benutzer',
};

export default newUser;
