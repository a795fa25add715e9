import DefaultTheme from 'vitepress/theme'
import './results.css'
import './style.css'

export default DefaultTheme
