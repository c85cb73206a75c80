import type en from '../en/settings';
import type { Translation } from '../types';

const settings: Translation<typeof en> = {
  title: 'Ajustes de la cuenta',
};

export default settings;
